"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const body = document.body, text = byId("text"), source = byId("source"), ledger = byId("ledger"), status = byId("status");
  const pieces = new Map(), rows = new Map();
  const enter = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
  const stops = [];
  for (const piece of all(".m", text)) {
    let first = false;
    for (const mark of piece.dataset.m.split(" ")) {
      first = first || !pieces.has(mark);
      enter(pieces, mark, piece);
    }
    if (first) stops.push(piece);
  }
  for (const element of all(".row, .chip", ledger)) enter(rows, element.dataset.r, element);
  const tabs = all('[role="tab"]'), panels = tabs.map((tab) => byId(tab.getAttribute("aria-controls")));
  const narrow = matchMedia("(max-width: 860px)");
  let selected = [], last = { piece: null, depth: 0 };

  const side = (name) => { body.classList.toggle("side-source", name === "source"); body.classList.toggle("side-ledger", name === "ledger"); };
  const show = (tab) => {
    tabs.forEach((other, n) => {
      const on = other === tab;
      other.setAttribute("aria-selected", on);
      other.tabIndex = on ? 0 : -1;
      panels[n].hidden = !on;
    });
    filter();
  };
  const open = () => panels.find((panel) => !panel.hidden);
  // Lines out of sight have only a guessed height until they are near: what was scrolled to is looked for again.
  const centre = (element, again = 3) => {
    element.scrollIntoView({ block: "center", inline: "nearest" });
    if (again) requestAnimationFrame(() => centre(element, again - 1));
  };

  const select = (mark, from) => {
    for (const element of selected) element.classList.remove("sel");
    const own = rows.get(mark) || [];
    selected = [...(pieces.get(mark) || []), ...own];
    const whole = own.some((element) => element.closest("#panel-tasks") && element.matches(".row"));
    text.classList.toggle("whole", whole);
    for (const element of selected) element.classList.add("sel");
    const row = own.find((element) => element.classList.contains("row"));
    const id = row && row.dataset.id;
    try { history.replaceState(null, "", id ? "#" + id : location.pathname + location.search); } catch { /* a page on disk */ }
    const said = row ? [row.querySelector(".go"), row.querySelector(".pl")].map((part) => part.textContent.trim()) : [];
    status.textContent = said.join(" · ");
    if (from !== "source" && pieces.has(mark)) {
      side("source");
      centre(pieces.get(mark)[0]);
    }
    if (from !== "ledger" && own.length) reveal(own);
  };
  const reveal = (own) => {
    const target = own.find((element) => open().contains(element)) || own[0];
    const panel = target.closest('[role="tabpanel"]');
    if (panel.hidden) show(tabs[panels.indexOf(panel)]);
    const row = target.closest(".row");
    if (row.hidden) clear();
    if (narrow.matches) side("ledger");
    centre(row);
    row.classList.add("sel");
    selected.push(row);
  };
  const clear = () => { byId("find").value = byId("unit").value = byId("doc").value = ""; filter(); };

  const press = (piece) => {
    const marks = piece.dataset.m.split(" ");
    const near = marks.findIndex((mark) => (rows.get(mark) || []).some((element) => open().contains(element)));
    last = { piece, depth: last.piece === piece ? (last.depth + 1) % marks.length : Math.max(0, near) };
    select(marks[last.depth], "source");
  };
  text.addEventListener("click", (event) => {
    const piece = event.target.closest(".m");
    if (piece && !getSelection().toString()) press(piece);
  });
  ledger.addEventListener("click", (event) => {
    const button = event.target.closest("[data-l], .chip, .go");
    const row = event.target.closest(".row");
    if (button && button.dataset.l) { side("source"); centre(byId("L" + button.dataset.l)); }
    else if (button) select(button.dataset.r, "ledger");
    else if (row && !getSelection().toString()) select(row.dataset.r, "ledger");
  });

  source.addEventListener("keydown", (event) => {
    const here = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step && (here >= 0 || document.activeElement === source) && stops.length) {
      event.preventDefault();
      const next = stops[here < 0 ? visible() : Math.min(stops.length - 1, Math.max(0, here + step))];
      next.tabIndex = -1;
      next.setAttribute("role", "button");
      next.focus({ preventScroll: true });
      centre(next);
    } else if (here >= 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      press(stops[here]);
    } else if (event.key === "Escape") source.focus();
  });
  const visible = () => {
    const top = source.getBoundingClientRect().top + 40;
    return Math.max(0, stops.findIndex((piece) => piece.getBoundingClientRect().top >= top));
  };
  ledger.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !document.activeElement.matches(".row .go")) return;
    const buttons = all(".row:not([hidden]) .go", open());
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(n + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
  });

  const filter = () => {
    const wanted = byId("find").value.trim().toLowerCase(), unit = byId("unit").value, doc = byId("doc").value, panel = open();
    let shown = 0, count = 0;
    for (const row of all(".row", panel)) {
      const keep = (!wanted || row.textContent.toLowerCase().includes(wanted)) &&
        (!unit || row.dataset.u.split(" ").includes(unit)) && (!doc || row.dataset.d === doc || row.dataset.d === "-1");
      row.hidden = !keep;
      shown += keep;
      count += 1;
    }
    for (const section of all(".doc", panel)) section.hidden = !all(".row:not([hidden])", section).length;
    panel.querySelector(".none").hidden = shown > 0;
    byId("shown").textContent = shown === count ? "" : shown + " / " + count;
  };
  for (const name of ["find", "unit", "doc"]) byId(name).addEventListener("input", filter);

  for (const key of all(".key")) key.addEventListener("click", () => {
    const off = body.classList.toggle("off-" + key.dataset.k);
    key.setAttribute("aria-pressed", !off);
  });
  for (const button of all("#sides button")) button.addEventListener("click", () => side(button.dataset.side));

  byId("lang").addEventListener("click", () => {
    const english = document.documentElement.lang !== "en", name = english ? "en" : "zh";
    document.documentElement.lang = english ? "en" : "zh-CN";
    for (const element of all("[data-zh]")) {
      if (element.dataset.attr) element.setAttribute(element.dataset.attr, element.dataset[name]);
      else element.textContent = element.dataset[name];
    }
  });

  side("ledger");
  const asked = decodeURIComponent(location.hash.slice(1));
  const row = asked && all(".row").find((element) => element.dataset.id === asked);
  if (row) { select(row.dataset.r, "link"); if (narrow.matches) side("source"); }
})();
