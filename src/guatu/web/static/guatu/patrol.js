"use strict";
// A patrol sends from where the signal is weak: what was typed stays, and is sent again when the signal is back.
// The key in the form makes a report that arrived, and whose answer did not, the same case.
const form = document.querySelector("[data-patrol]"), said = document.querySelector("[data-said]");
let waiting = 0;
const tell = (text, kind) => {
  const line = document.createElement("div");
  line.className = `alert alert-${kind}`;
  line.textContent = text;
  said.replaceChildren(line);
  said.scrollIntoView({ block: "nearest" });
};
const answered = async (response) => {
  if (response.redirected) { location.href = response.url; return; }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const problem = page.querySelector(".alert-danger");
  tell(problem ? problem.textContent : response.statusText, "danger");
};
const send = async () => {
  clearTimeout(waiting);
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  tell(said.dataset.sending, "info");
  try {
    await answered(await fetch(form.action, { method: "POST", body: new FormData(form) }));
  } catch {
    tell(said.dataset.offline, "warning");
    waiting = setTimeout(send, 15000);
  }
  button.disabled = false;
};
if (form && said) {
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  window.addEventListener("online", () => { if (waiting) send(); });
  // Where the device has been allowed to say where it is, it is asked at once.
  const locate = document.querySelector("[data-locate]"), lon = document.querySelector("[name=lon]");
  if (locate && navigator.permissions && !lon.value) {
    navigator.permissions.query({ name: "geolocation" }).then((right) => { if (right.state === "granted") locate.click(); }, () => {});
  }
}
