"use strict";
// The tree of units: a branch is fetched when it is first opened, and shown or hidden after that.
(() => {
  const table = document.getElementById("units");
  if (!table) return;
  const under = (id) => table.querySelectorAll(`tr[data-under="${id}"]`);
  const hide = (id) => under(id).forEach((row) => { row.hidden = true; hide(row.dataset.unit); });
  const show = (id) => under(id).forEach((row) => {
    row.hidden = false;
    const button = row.querySelector("button[data-toggle-unit]");
    if (button && button.getAttribute("aria-expanded") === "true") show(row.dataset.unit);
  });
  table.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-toggle-unit]");
    if (!button) return;
    const id = button.dataset.toggleUnit;
    const open = button.getAttribute("aria-expanded") === "true";
    if (open) { hide(id); button.setAttribute("aria-expanded", "false"); return; }
    if (!under(id).length) {
      const answer = await fetch(button.dataset.branch, { headers: { "HX-Request": "true" } });
      if (!answer.ok) { location.reload(); return; }
      button.closest("tr").insertAdjacentHTML("afterend", await answer.text());
    }
    button.setAttribute("aria-expanded", "true");
    show(id);
  });
})();
