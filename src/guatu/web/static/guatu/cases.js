"use strict";
// A click on the drawing, or the device's own position, fills in longitude and latitude.
const lon = document.querySelector("[name=lon]"), lat = document.querySelector("[name=lat]");
const drawing = document.querySelector("[data-pick]");
const show = () => {
  const here = drawing && drawing.querySelector(".case-here");
  if (!here || !lon.value || !lat.value) return;
  here.setAttribute("cx", (Number(lon.value) - Number(drawing.dataset.west)) * Number(drawing.dataset.scaleX));
  here.setAttribute("cy", (Number(drawing.dataset.north) - Number(lat.value)) * Number(drawing.dataset.scaleY));
};
if (drawing && lon && lat) {
  drawing.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    lon.value = (Number(drawing.dataset.west) + at.x / Number(drawing.dataset.scaleX)).toFixed(6);
    lat.value = (Number(drawing.dataset.north) - at.y / Number(drawing.dataset.scaleY)).toFixed(6);
    show();
  });
  for (const field of [lon, lat]) field.addEventListener("change", show);
  show();
}
const locate = document.querySelector("[data-locate]");
if (locate && navigator.geolocation) {
  const said = document.querySelector("[data-locate-said]");
  locate.hidden = false;
  locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    (found) => { lon.value = found.coords.longitude.toFixed(6); lat.value = found.coords.latitude.toFixed(6); said.textContent = ""; show(); },
    () => { said.textContent = said.dataset.failed; }));
}
// The queue by keyboard: J and K move, X ticks, Enter opens, / finds.
const table = document.querySelector("[data-queue]");
if (table) {
  const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("a"));
  let at = -1;
  const go = (to) => {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("here");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add("here");
    rows[at].querySelector("a").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "x" && at >= 0) { const box = rows[at].querySelector("[name=case]"); if (box) box.click(); }
    else if (event.key === "/") { event.preventDefault(); document.querySelector("[data-find]").focus(); }
  });
  const all = document.querySelector("[data-all]");
  if (all) all.addEventListener("change", () => { for (const box of table.querySelectorAll("[name=case]")) box.checked = all.checked; });
}
