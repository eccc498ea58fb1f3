"use strict";
// The plan room: text and ledger point at each other, words are taken over, forms grow lines.
(() => {
  const room = document.getElementById("room");
  if (!room) return;
  const text = document.getElementById("text");
  const ledger = document.getElementById("ledger");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const show = (side) => {
    room.classList.toggle("show-text", side === "text");
    room.classList.toggle("show-ledger", side === "ledger");
    document.querySelectorAll("[data-show]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.show === side)));
  };
  document.querySelectorAll("[data-show]").forEach((b) => b.addEventListener("click", () => show(b.dataset.show)));

  const clear = () => document.querySelectorAll(".selected").forEach((e) => e.classList.remove("selected"));
  const pieces = (number) => (text ? [...text.querySelectorAll(`.m[data-m~="${number}"]`)] : []);
  const reveal = (element) => {
    element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  };
  const toText = (number) => {
    const found = pieces(number);
    if (!found.length) return;
    clear();
    show("text");
    found.forEach((e) => e.classList.add("selected"));
    reveal(found[0]);
    found[0].tabIndex = -1;
    found[0].focus({ preventScroll: true });
  };
  const toLedger = (numbers) => {
    for (const number of numbers) {
      const row = ledger.querySelector(`[data-mark="${number}"]`);
      if (!row) continue;
      clear();
      show("ledger");
      row.closest("details")?.setAttribute("open", "");
      row.classList.add("selected");
      pieces(number).forEach((e) => e.classList.add("selected"));
      reveal(row);
      row.focus({ preventScroll: true });
      return;
    }
  };
  text?.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const mark = event.target.closest(".m");
    if (mark) toLedger(mark.dataset.m.split(" "));
  });
  // The first words of each task can be reached and opened from the keyboard.
  const seen = new Set();
  text?.querySelectorAll(".m.k-task").forEach((e) => {
    const own = e.dataset.m.split(" ").at(-1);
    if (seen.has(own)) return;
    seen.add(own);
    e.tabIndex = 0;
    e.setAttribute("role", "button");
  });
  text?.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".m[role=button]");
    if (!mark || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    toLedger(mark.dataset.m.split(" "));
  });
  ledger.addEventListener("click", (event) => {
    const button = event.target.closest("[data-find]");
    if (button) return toText(button.dataset.find);
    if (event.target.closest("a, button, input, select, textarea, label, summary, form")) return undefined;
    const row = event.target.closest("[data-mark]");
    if (!row || !pieces(row.dataset.mark).length) return undefined;
    clear();
    row.classList.add("selected");
    const found = pieces(row.dataset.mark);
    found.forEach((e) => e.classList.add("selected"));
    if (getComputedStyle(text.closest("section")).display !== "none") reveal(found[0]);
    return undefined;
  });

  // Words that are selected in the text become a task.
  const add = document.getElementById("add-from-selection");
  let words = "", line = 0;
  const label = add?.querySelector("[data-label]");
  const plain = label?.textContent;
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const inside = selection.rangeCount && !selection.isCollapsed && text?.contains(selection.anchorNode);
    if (!inside && document.activeElement === add) return;
    words = inside ? selection.toString().trim() : "";
    const start = inside ? selection.getRangeAt(0).startContainer : null;
    const row = (start?.nodeType === 1 ? start : start?.parentElement)?.closest("[data-n]");
    line = row ? Number(row.dataset.n) : 0;
    if (label) label.textContent = words ? label.dataset.label : plain;
  });
  add?.addEventListener("mousedown", (event) => event.preventDefault());
  add?.addEventListener("click", () => {
    show("ledger");
    htmx.ajax("GET", `${add.dataset.url}?${new URLSearchParams({ words: words.slice(0, 4000), line })}`, { target: "#task-add" });
    document.getElementById("task-add").scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-add-line]");
    if (more) {
      const form = more.closest("form");
      form.querySelector("[data-lines]").append(form.querySelector("template[data-line]").content.cloneNode(true));
      form.querySelector("[data-lines]").lastElementChild.querySelector("input").focus();
    }
    const remove = event.target.closest("[data-remove]");
    if (remove) document.querySelectorAll(remove.dataset.remove).forEach((e) => e.remove());
  });
  // A problem with a form that adds something is shown at the form, not where the new item would stand.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (event.detail.xhr.status >= 400 && form?.dataset?.problemTarget) event.detail.target = document.querySelector(form.dataset.problemTarget);
    if (event.detail.xhr.status >= 400 && form?.dataset?.problemTarget) event.detail.swapOverride = "innerHTML";
  });
  // Focus follows what was opened or renewed.
  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.requestConfig?.elt?.closest?.("[data-mark], .target-line")?.id;
    const renewed = id ? document.getElementById(id) : event.detail.target;
    const fresh = renewed?.querySelector?.("[data-focus] .is-invalid") || renewed?.querySelector?.("[data-focus] [autofocus]") || event.detail.target.querySelector?.("[data-focus] [autofocus]");
    if (fresh) fresh.focus();
    else if (id) document.getElementById(id)?.focus({ preventScroll: true });
  });
  if (/^#L\d+$/.test(location.hash)) {
    const words = document.querySelector(location.hash);
    if (words) {
      show("text");
      words.classList.add("selected");
      reveal(words);
    }
  }
  if (location.hash.startsWith("#task-")) {
    const row = document.querySelector(location.hash);
    if (row?.dataset.mark) toLedger([row.dataset.mark]);
  }
})();
