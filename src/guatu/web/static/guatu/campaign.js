"use strict";
let chart = null;
function draw() {
  const box = document.getElementById("trend");
  if (!box || !window.echarts) return;
  const trend = JSON.parse(box.dataset.trend);
  const words = box.dataset.words.split("|");
  const colours = { red: "#b3261e", amber: "#d98e04", green: "#1b7f3b", grey: "#8a94a0" };
  if (chart) chart.dispose();
  chart = echarts.init(box);
  chart.setOption({
    animation: false, aria: { enabled: true, decal: { show: true } },
    legend: { data: words, top: 0 }, tooltip: { trigger: "axis" }, grid: { left: 40, right: 10, bottom: 24, top: 40 },
    xAxis: { type: "category", data: trend.keys }, yAxis: { type: "value", minInterval: 1 },
    series: Object.keys(colours).map((name, i) => ({ name: words[i], type: "bar", stack: "all", itemStyle: { color: colours[name] }, data: trend.series[name] })),
  });
}
document.addEventListener("DOMContentLoaded", draw);
// The screen on the wall puts in a new board each minute; where the network is gone the old one stays.
document.addEventListener("htmx:afterSettle", event => { if (event.target.id === "board") draw(); });
addEventListener("resize", () => { if (chart) chart.resize(); });
