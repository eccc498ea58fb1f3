"use strict";
// A form is sent once: the key makes a second click or a retry the same request.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (!form.querySelector("[name=_key]")) {
    const key = document.createElement("input");
    key.type = "hidden"; key.name = "_key";
    key.value = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random();
    form.append(key);
  }
});
// A finished job opens what it made.
document.addEventListener("htmx:afterSettle", () => {
  const done = document.querySelector("[data-auto-open]");
  if (done) location.href = done.href;
});
// Errors of partial requests are shown where the answer would have been.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
// A value that is shown once is selected when it is entered, ready to be copied.
document.addEventListener("focusin", (event) => { if (event.target.matches("[data-select]")) event.target.select(); });
