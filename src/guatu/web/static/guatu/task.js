"use strict";
// A task's page: what was due and what was reached, one chart a target.
document.addEventListener("DOMContentLoaded", () => {
  const given = document.getElementById("task-charts");
  if (!given || !window.echarts) return;
  const charts = JSON.parse(given.textContent);
  // On paper the tables stand in place of the pictures.
  addEventListener("beforeprint", () => document.querySelectorAll("[data-chart] ~ details").forEach((one) => { one.open = true; }));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const box of document.querySelectorAll("[data-chart]")) {
    const data = charts[Number(box.dataset.chart)];
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption({
      animation: !still, aria: { enabled: true },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: "axis", valueFormatter: (v) => (v === null || v === undefined ? "—" : `${Math.round(v * 100) / 100} ${data.unit}`) },
      xAxis: { type: "time", axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", name: data.unit },
      series: [
        { name: data.words.due, type: "line", data: data.due, symbol: "none", lineStyle: { type: "dashed", width: 2 }, color: "#5b6470",
          markLine: { silent: true, symbol: "none", lineStyle: { color: "#1b7f3b" }, label: { formatter: `${data.words.goal} ${data.goal}`, position: "insideStartTop" }, data: [{ yAxis: data.goal }] } },
        { name: data.words.reached, type: "line", data: data.reached, symbolSize: 8, lineStyle: { width: 3 }, color: "#1a4f8b" },
      ],
    });
    addEventListener("resize", () => chart.resize());
  }
});
