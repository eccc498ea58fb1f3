"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const given = document.getElementById("drg-data");
  if (!given || !window.echarts) return;
  const data = JSON.parse(given.textContent);
  const colours = ["#1a4f8b", "#b3621e"];
  for (const box of document.querySelectorAll("[data-chart]")) {
    const names = box.dataset.chart.split(" ");
    const share = names[0] === "grouping_rate";
    const shown = (value) => (value === null || value === undefined ? "—" : share ? `${(100 * value).toFixed(2)}%` : value.toFixed(4));
    const chart = echarts.init(box);
    chart.setOption({
      animation: false,
      tooltip: { trigger: "axis", valueFormatter: shown },
      legend: { top: 0, data: names.map((name) => data.words[name]) },
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      xAxis: { type: "value", axisLabel: { formatter: (value) => (share ? `${Math.round(100 * value)}%` : value) } },
      yAxis: { type: "category", inverse: true, data: data.names, axisLabel: { width: 110, overflow: "truncate" } },
      series: names.map((name, i) => ({
        name: data.words[name], type: "bar", data: data[name], itemStyle: { color: colours[i] },
        // 1 is the region: what is beside it is dearer or longer.
        markLine: share || name === "cmi" || i ? undefined : { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: "#5b6470" }, data: [{ xAxis: 1 }] },
      })),
    });
    addEventListener("resize", () => chart.resize());
  }
});
