"use strict";
// The form of a report: saved as a draft every twenty seconds. What is typed is kept in the browser by kept.js.
(() => {
  const EVERY = 20000;
  const form = document.getElementById("report-form");
  if (!form) return;
  const status = document.getElementById("draft");
  let dirty = false, stopped = false;
  const say = (text) => { status.textContent = text; };

  form.addEventListener("input", (event) => { if (event.target.type !== "file") dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  setInterval(() => {
    if (!dirty || stopped || !navigator.onLine) return;
    dirty = false;
    htmx.trigger("#draft", "draft");
  }, EVERY);
  addEventListener("offline", () => say(form.dataset.offline));
  addEventListener("online", () => { say(""); dirty = true; });
  status.addEventListener("htmx:sendError", () => { dirty = true; say(form.dataset.unsaved); });
  status.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful && [409, 403].includes(event.detail.xhr.status)) stopped = true;
  });
  document.addEventListener("DOMContentLoaded", () => {
    const problem = document.querySelector("#report-form .is-invalid, #report-form .invalid-feedback, #problem");
    if (problem && problem.id !== "problem") { (problem.focus ? problem : document.getElementById("problem")).focus(); }
  });
})();
