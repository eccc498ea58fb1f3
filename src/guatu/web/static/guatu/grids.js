"use strict";
// Vertices drawn on the map stand as lines of coordinates in the field below it; either may be edited.
for (const box of document.querySelectorAll("[data-drawing]")) {
  const map = box.querySelector("[data-draw]"), text = box.querySelector("textarea");
  if (!map) continue;
  const layer = map.querySelector(".grid-drawn"), closed = map.dataset.draw === "polygon";
  const west = Number(map.dataset.west), north = Number(map.dataset.north);
  const sx = Number(map.dataset.scaleX), sy = Number(map.dataset.scaleY);
  const whole = map.viewBox.baseVal, full = [whole.x, whole.y, whole.width, whole.height];
  // Corners of what is drawn already: a new vertex near one of them is put exactly there, so that neighbours share their border.
  const corners = [];
  for (const path of map.querySelectorAll(".grid-shape, .grid-town"))
    for (const pair of path.getAttribute("d").match(/-?[\d.]+,-?[\d.]+/g) || []) corners.push(pair.split(",").map(Number));
  let points = [], held = -1, last = null;
  const read = () => {
    if (text.value.trim().startsWith("{")) { points = []; return; }
    points = text.value.split("\n").map((line) => (line.match(/[-+]?\d+(\.\d+)?/g) || []).map(Number)).filter((pair) => pair.length === 2)
      .map(([x, y]) => [(x - west) * sx, (north - y) * sy]);
  };
  const write = () => { text.value = points.map(([x, y]) => `${(west + x / sx).toFixed(7)},${(north - y / sy).toFixed(7)}`).join("\n"); };
  const unit = () => map.viewBox.baseVal.width / map.clientWidth;
  const show = () => {
    const line = points.map(([x, y]) => `${x},${y}`).join("L");
    const dots = points.map(([x, y], at) => `<circle cx="${x}" cy="${y}" r="${6 * unit()}" data-at="${at}"/>`).join("");
    layer.innerHTML = (points.length ? `<path d="M${line}${closed ? "Z" : ""}"${closed ? "" : ' fill="none"'}/>` : "") + dots;
  };
  const place = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const near = 10 * unit();
    let best = [at.x, at.y], way = near;
    if (closed) for (const [x, y] of corners) { const d = Math.hypot(x - at.x, y - at.y); if (d < way) { way = d; best = [x, y]; } }
    return best;
  };
  map.addEventListener("pointerdown", (event) => {
    if (event.target.dataset.at !== undefined) { held = Number(event.target.dataset.at); map.setPointerCapture(event.pointerId); }
  });
  map.addEventListener("pointermove", (event) => { if (held >= 0) { points[held] = place(event); show(); } });
  map.addEventListener("pointerup", (event) => {
    if (held >= 0) held = -1; else points.push(place(event));
    last = points.length ? points[points.length - 1] : null;
    write(); show();
  });
  const zoom = (by) => {
    const now = map.viewBox.baseVal, wide = Math.min(full[2], now.width * by), high = wide * full[3] / full[2];
    const [x, y] = last || [now.x + now.width / 2, now.y + now.height / 2];
    const left = Math.max(0, Math.min(full[2] - wide, x - wide / 2)), top = Math.max(0, Math.min(full[3] - high, y - high / 2));
    map.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    show();
  };
  const acts = {
    undo: () => { points.pop(); write(); show(); }, clear: () => { points = []; write(); show(); },
    in: () => zoom(0.5), out: () => zoom(2),
  };
  for (const button of box.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
  text.addEventListener("input", () => { read(); show(); });
  read(); show();
}
