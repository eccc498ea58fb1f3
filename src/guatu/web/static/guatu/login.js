"use strict";
// Before the login the page asks whether a puzzle has to be solved, and solves it: after many wrong passwords of anybody
// the right one then still gets in at once. Where that fails the form is sent as it is, and the server says how long to wait.
(() => {
  const form = document.querySelector("form[data-puzzle]");
  if (!form) return;
  const button = form.querySelector("button");
  const said = form.querySelector("[data-puzzle-said]");

  function solve(puzzle) {
    return new Promise((resolve, reject) => {
      const worker = new Worker(form.dataset.worker);
      worker.onerror = reject;
      worker.onmessage = ({ data }) => {
        if (data.solution === undefined) return;
        worker.terminate();
        resolve(data.solution);
      };
      worker.postMessage(puzzle);
    });
  }

  function put(name, value) {
    const field = form.elements[name] || document.createElement("input");
    field.type = "hidden"; field.name = name; field.value = value;
    form.append(field);
  }

  async function prepare() {
    const given = new FormData();
    given.set("login", form.elements.login.value);
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const answer = await fetch(form.dataset.puzzle, { method: "POST", body: given, headers });
    const puzzle = answer.ok ? await answer.json() : {};
    if (!puzzle.challenge) return;
    said.hidden = false;
    put("solution", await solve(puzzle));
    put("puzzle", puzzle.challenge);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    prepare().catch(() => {}).finally(() => form.submit());
  });
  // Back from the next page the browser shows this one as it was left.
  addEventListener("pageshow", () => { button.disabled = false; said.hidden = true; });
})();
