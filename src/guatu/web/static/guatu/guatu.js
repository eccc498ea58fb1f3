"use strict";
// A form is sent once: the key makes a second click or a retry the same request.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (!form.querySelector("[name=_key]")) {
    const key = document.createElement("input");
    key.type = "hidden"; key.name = "_key"; key.dataset.added = "";
    key.value = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random();
    form.append(key);
  }
});
// What is changed after it was sent is another request: also after the browser's way back to the form.
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    event.target.form?.querySelector("[name=_key][data-added]")?.remove();
  });
}
// A finished job opens what it made.
document.addEventListener("htmx:afterSettle", () => {
  const done = document.querySelector("[data-auto-open]");
  if (done) location.href = done.href;
});
// Errors of partial requests are shown where the answer would have been; also that nothing can be saved for now (503).
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if ((status >= 400 && status < 500) || status === 503) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
// A value that is shown once is selected when it is entered, ready to be copied.
document.addEventListener("focusin", (event) => { if (event.target.matches("[data-select]")) event.target.select(); });
