"use strict";
// The form of a report: kept on this device while it is typed, saved as a draft every twenty seconds, safe without a network.
(() => {
  const EVERY = 20000;
  const key = (pk) => `guatu-report-${pk}`;
  const sent = document.querySelector("[data-report-sent]");
  if (sent) localStorage.removeItem(key(sent.dataset.reportSent));
  const form = document.getElementById("report-form");
  if (!form) return;
  const place = key(form.dataset.report);
  const status = document.getElementById("draft");
  let dirty = false, stopped = false, timer = 0;

  const fields = () => [...form.elements].filter((e) => e.name && e.type !== "file" && e.type !== "hidden" && e.tagName !== "BUTTON" && e.tagName !== "FIELDSET" && e.name !== "despite");
  const values = () => Object.fromEntries(fields().map((e) => [e.name, e.type === "checkbox" ? e.checked : e.value]));
  const same = (a, b) => Object.keys(b).every((name) => a[name] === undefined || a[name] === b[name]);
  const keep = () => { try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), values: values() })); } catch { /* the device keeps nothing: the draft on the server does */ } };
  const drop = () => localStorage.removeItem(place);
  const say = (text) => { status.textContent = text; };

  function restore(kept) {
    for (const field of fields()) {
      if (kept[field.name] === undefined) continue;
      if (field.type === "checkbox") field.checked = kept[field.name]; else field.value = kept[field.name];
    }
    dirty = true;
  }

  function offer() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { drop(); }
    const box = document.getElementById("restore");
    if (!kept || !kept.values || document.getElementById("problem")) return;
    if (same(kept.values, values())) { drop(); return; }
    box.hidden = false;
    box.querySelector("[data-restore-time]").textContent = new Date(kept.at).toLocaleString();
    box.querySelector("[data-restore]").addEventListener("click", () => { restore(kept.values); box.hidden = true; form.querySelector("textarea").focus(); });
    box.querySelector("[data-restore-drop]").addEventListener("click", () => { drop(); box.hidden = true; });
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
  });
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) { dirty = false; return; }
    event.preventDefault();
    const added = form.querySelector("[name=_key]");
    if (added) added.remove();
    say(form.dataset.offline);
  });
  setInterval(() => {
    if (!dirty || stopped || !navigator.onLine) return;
    dirty = false;
    htmx.trigger("#draft", "draft");
  }, EVERY);
  addEventListener("offline", () => { keep(); say(form.dataset.offline); });
  addEventListener("online", () => { say(""); dirty = true; });
  status.addEventListener("htmx:sendError", () => { dirty = true; keep(); say(form.dataset.unsaved); });
  status.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) { if (!dirty) drop(); return; }
    if (event.detail.xhr.status === 409 || event.detail.xhr.status === 403) stopped = true;
  });
  document.addEventListener("DOMContentLoaded", () => {
    offer();
    const problem = document.querySelector("#report-form .is-invalid, #report-form .invalid-feedback, #problem");
    if (problem && problem.id !== "problem") { (problem.focus ? problem : document.getElementById("problem")).focus(); }
  });
})();
