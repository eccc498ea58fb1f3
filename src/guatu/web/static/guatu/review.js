"use strict";
// One tick for all rows that can be ticked.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of event.target.closest("form").querySelectorAll("[name=report]")) box.checked = event.target.checked;
});
