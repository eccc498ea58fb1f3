"use strict";
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
