"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("forecast");
  const given = document.getElementById("forecast-data");
  if (!box || !given || !window.echarts) return;
  const data = JSON.parse(given.textContent);
  const at = (values) => data.days.map((day, i) => [day, values[i]]).filter((pair) => pair[1] !== null);
  // The forecast goes on from the last report.
  const last = data.reported.reduce((found, value, i) => (value === null ? found : i), -1);
  if (last >= 0 && data.mean.some((value) => value !== null)) for (const part of ["mean", "low", "high"]) data[part][last] = data.reported[last];
  const width = data.days.map((day, i) => [day, data.high[i] === null ? null : data.high[i] - data.low[i]]).filter((pair) => pair[1] !== null);
  const chart = echarts.init(box);
  const line = (name, values, style) => ({ name, type: "line", data: at(values), connectNulls: true, ...style });
  chart.setOption({
    animation: false,
    tooltip: { trigger: "axis" },
    legend: { top: 0, data: [data.words.due, data.words.reported, data.words.mean, data.words.band] },
    grid: { left: 60, right: 24, top: 56, bottom: 32 },
    xAxis: { type: "time" },
    yAxis: { type: "value", name: data.unit, scale: true },
    series: [
      { name: data.words.band, type: "line", stack: "band", stackStrategy: "all", data: at(data.low), symbol: "none", lineStyle: { opacity: 0 }, itemStyle: { color: "#7fa3d1" }, tooltip: { show: false }, silent: true },
      { name: data.words.band, type: "line", stack: "band", stackStrategy: "all", data: width, symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: "#7fa3d1", opacity: 0.35 }, itemStyle: { color: "#7fa3d1" }, tooltip: { show: false }, silent: true },
      line(data.words.due, data.due, { symbol: "none", lineStyle: { type: "dashed", color: "#5b6470", width: 2 }, itemStyle: { color: "#5b6470" },
        markLine: { silent: true, symbol: "none", label: { formatter: `${data.words.goal} ${data.goal}`, position: "insideStartTop" }, lineStyle: { color: "#1b7f3b" }, data: [{ yAxis: data.goal }] } }),
      line(data.words.reported, data.reported, { symbol: "circle", symbolSize: 8, lineStyle: { color: "#1a4f8b", width: 3 }, itemStyle: { color: "#1a4f8b" } }),
      line(data.words.mean, data.mean, { symbol: "emptyDiamond", lineStyle: { type: "dotted", color: "#1a4f8b", width: 2 }, itemStyle: { color: "#1a4f8b" } }),
    ],
  });
  addEventListener("resize", () => chart.resize());
});
