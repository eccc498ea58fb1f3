"use strict";
// What is typed into a form stays in this browser, for this user alone, until the server says that it was done; a form
// is sent only when the server answers, to whom it was opened for. What it says stands in the template #kept.
(() => {
  const PREFIX = "guatu:kept:", SEEN = "guatu:seen", DAYS = 14, PATIENCE = 10000, FRESH = 15000;
  const said = document.getElementById("kept"), keeper = document.body.dataset.keeper || "";
  if (!said) return;

  // The store. A browser that keeps nothing (private windows, full disk) only loses what this file adds.
  const store = {
    names: () => { try { return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)); } catch { return []; } },
    read: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    write: (name, entry) => { try { localStorage.setItem(name, JSON.stringify(entry)); } catch { /* as above */ } },
    drop: (name) => { try { localStorage.removeItem(name); } catch { /* as above */ } },
  };
  const mine = () => (keeper ? store.names().filter((name) => name.startsWith(`${PREFIX}${keeper}:`)) : []);

  function forgetDone() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("guatu_done="));
    const done = new Set(cookie ? cookie.slice("guatu_done=".length).split(".") : []);
    for (const name of store.names()) {
      const entry = store.read(name);
      if (!entry || Date.now() - entry.at > DAYS * 86400000 || done.has(entry.key)) store.drop(name);
    }
    if (cookie) document.cookie = "guatu_done=; path=/; max-age=0";
  }

  // Controls and their values, by name: several of one name are one list.
  const kept = (one) => one.name && !["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset", "output"].includes(one.type)
    && one.autocomplete !== "one-time-code" && !one.closest("[data-unkept]");
  const controls = (form) => [...form.elements].filter(kept);
  const ticked = (one) => one.type === "checkbox" || one.type === "radio";
  const first = (one) => [...one.options].filter((option) => option.defaultSelected).concat(one.multiple ? [] : [...one.options].slice(0, 1));
  function held(one, now) {
    if (ticked(one)) return (now ? one.checked : one.defaultChecked) ? [one.value] : [];
    if (one.options) return (now ? [...one.selectedOptions] : first(one).slice(0, one.multiple ? undefined : 1)).map((option) => option.value);
    return [now ? one.value : one.defaultValue];
  }
  function valuesOf(form, now = true) {
    const found = {};
    for (const one of controls(form)) (found[one.name] ||= []).push(...held(one, now));
    return found;
  }
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const keyOf = (form) => form.querySelector("[name=_key]");
  const unseen = (form) => [...form.elements].filter((one) => one.type === "hidden" && !["_key", "csrfmiddlewaretoken", "instance"].includes(one.name)).map((one) => `${one.name}=${one.value}`).join("&");
  const isKept = (form) => keeper && form.method === "post" && form.closest("main") && !form.matches("[data-unkept]") && !form.querySelector("[type=password]") && controls(form).length > 0;
  function placeOf(form) {
    const at = new URL(form.getAttribute("hx-post") || form.getAttribute("action") || location.href, location.href);
    const where = at.pathname + at.search;
    const alike = [...document.forms].filter((one) => one.dataset.keptAt === where);
    form.dataset.keptAt = where;
    return `${PREFIX}${keeper}:${where}#${alike.includes(form) ? alike.indexOf(form) : alike.length}`;
  }

  function keep(form, sent) {
    if (!isKept(form)) return;
    const name = form.dataset.keptName, now = valuesOf(form), before = valuesOf(form, false), old = store.read(name);
    const values = { ...old?.values };
    for (const [field, value] of Object.entries(now)) {
      if (field in values) values[field] = { ...values[field], v: value };
      else if (!same(value, before[field])) values[field] = { v: value, was: before[field] };
    }
    const files = [...form.elements].filter((one) => one.type === "file").flatMap((one) => [...one.files].map((file) => file.name));
    if (!Object.keys(values).length && !files.length) return;
    store.write(name, { at: Date.now(), sent: Boolean(sent || old?.sent), key: keyOf(form)?.value, unseen: unseen(form), values, files });
  }

  function put(form, values) {
    const places = {};
    for (const one of controls(form)) {
      const value = values[one.name];
      if (!value) continue;
      const nth = (places[one.name] ??= -1) + 1;
      if (ticked(one)) one.checked = value.includes(one.value);
      else if (one.options) for (const option of one.options) option.selected = value.includes(option.value);
      else if (nth < value.length) one.value = value[nth];
      places[one.name] = nth;
      for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }

  // Boxes above the form.
  const box = (kind) => said.content.querySelector(`[data-kept=${kind}]`).cloneNode(true);
  function tell(form, part) {
    form.querySelector(":scope > [data-kept]")?.remove();
    form.prepend(part);
    part.scrollIntoView({ block: "nearest" });
  }
  const labels = (form, names) => names.map((name) => controls(form).find((one) => one.name === name)?.labels?.[0]?.textContent.trim() || name).join("、");
  function note(part, kind, text) {
    const line = box(kind);
    line.querySelector("[data-names]").textContent = text;
    part.append(line);
  }

  function meet(form) {
    if (!isKept(form) || form.dataset.keptName) return;
    form.dataset.keptName = placeOf(form);
    const name = form.dataset.keptName, entry = store.read(name);
    // Of a form that came back the server shows what was typed.
    if (!entry || document.querySelector("main[data-refused]")) return;
    const now = valuesOf(form), wanted = Object.fromEntries(Object.entries(entry.values).filter(([field]) => field in now).map(([field, one]) => [field, one.v]));
    const other = Object.keys(wanted).filter((field) => !same(now[field], wanted[field]));
    if (!other.length && !(entry.sent && entry.files.length)) { store.drop(name); return; }
    const part = box(entry.sent ? "back" : "offer"), changed = other.filter((field) => !same(now[field], entry.values[field].was));
    part.querySelector("[data-time]").textContent = new Date(entry.at).toLocaleString();
    if (changed.length) note(part, "changed", labels(form, changed));
    if (entry.files.length) note(part, "files", entry.files.join("、"));
    const restore = () => {
      put(form, wanted);
      // The same content under the same key: done once, even if only the answer was lost.
      if (entry.key && keyOf(form) && entry.unseen === unseen(form) && !entry.files.length) keyOf(form).value = entry.key;
      store.write(name, entry);
    };
    part.querySelector("[data-restore]")?.addEventListener("click", () => { restore(); part.remove(); controls(form)[0].focus(); });
    part.querySelector("[data-drop]").addEventListener("click", () => { put(form, now); store.drop(name); renew(form); part.remove(); });
    tell(form, part);
    if (entry.sent) restore();
  }

  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  function renew(form) { const key = form && keyOf(form); if (key) key.value = fresh(); }

  // A page that has just come says itself that the server answers, and whom; not when another window was loaded since.
  let since = performance.now();
  const isFresh = () => navigator.onLine && performance.now() - since < FRESH;
  addEventListener("storage", ({ key }) => { if (key === SEEN) since = -Infinity; });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) since = -Infinity; });
  store.write(SEEN, Date.now());

  // Whose session it is, and the token that holds now; null where nobody answers.
  async function session() {
    try {
      const answer = await fetch(said.dataset.session, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }
  // Whether a form may go now; where not, what is in the way is said.
  async function ready(form) {
    const state = await session();
    if (!state) { tell(form, box("offline")); return false; }
    if (keeper && !state.user) {
      location.assign(state.login);
      return false;
    }
    if (keeper && state.user !== keeper) { tell(form, box("other")); return false; }
    take(state.token);
    return true;
  }
  function take(token) {
    for (const one of document.getElementsByName("csrfmiddlewaretoken")) one.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }
  // What a page sends by itself leads nobody away who is writing: the answer stands in its place.
  async function renewed() {
    const state = await session();
    if (state) take(state.token);
    return true;
  }

  let timer = 0, waiting = null;
  function settle() { clearTimeout(timer); if (waiting) keep(waiting); waiting = null; }
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form || form.method !== "post") return;
    // What is changed after it was sent is another request.
    renew(form);
    if (!isKept(form) || !kept(target)) return;
    meet(form);
    if (waiting && waiting !== form) settle();
    clearTimeout(timer);
    waiting = form;
    timer = setTimeout(settle, 300);
  });
  document.addEventListener("change", ({ target }) => { if (target.form?.method === "post") { renew(target.form); keep(target.form); } });
  addEventListener("pagehide", settle);

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post") return;
    settle();
    keep(form, true);
    if (event.defaultPrevented) return;
    if (form.dataset.ready || isFresh()) { delete form.dataset.ready; if (form.matches("[data-forgets]")) mine().forEach(store.drop); return; }
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      if (!await ready(form)) return;
      form.dataset.ready = "1";
      form.requestSubmit(submitter);
      delete form.dataset.ready;
    } finally { form.ariaBusy = null; }
  });

  // Parts of a page are sent by htmx.
  document.addEventListener("htmx:confirm", async (event) => {
    if (event.detail.verb !== "post" || isFresh()) return;
    event.preventDefault();
    const form = event.target.closest("form") || event.target;
    const byHand = ["submit", "click"].includes(event.detail.triggeringEvent?.type);
    if (await (byHand ? ready(form) : renewed())) event.detail.issueRequest(true);
  });
  document.addEventListener("htmx:sendError", ({ target }) => { const form = target.closest("form"); if (form) { keep(form, true); tell(form, box("offline")); } });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.requestConfig?.verb !== "post" || !detail.successful) return;
    const form = target.closest("form");
    renew(form);
    if (form && form.dataset.keptName && (target === form || target.matches("[data-keeps]"))) store.drop(form.dataset.keptName);
  });
  document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll?.("form").forEach(meet));
  forgetDone();
  [...document.forms].forEach(meet);
})();
