"use strict";
// A target's page: the course as a line, own figures when they are wanted, the sum of the shares while they are typed.
(() => {
  const box = document.getElementById("course-chart");
  const source = document.getElementById("course-data");
  if (box && source && window.echarts) {
    const data = JSON.parse(source.textContent);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const chart = echarts.init(box, null, { renderer: "svg" });
    const lines = [
      {
        name: data.name, type: "line", data: data.points, showSymbol: data.points.length < 30, lineStyle: { type: "dashed", width: 2 }, color: "#1a5fb4",
        markLine: data.target === null ? undefined : { silent: true, symbol: "none", lineStyle: { color: "#5b6470" }, label: { formatter: `${data.target_name} ${data.target}`, position: "insideEndTop" }, data: [{ yAxis: data.target }] },
      },
      ...data.series.map((s) => ({ name: s.name, type: "line", data: s.points, symbolSize: 7, lineStyle: { width: 3 }, color: s.color || "#1b7f3b" })),
    ];
    chart.setOption({
      animation: !still, aria: { enabled: true },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, data: lines.map((l) => l.name) },
      tooltip: { trigger: "axis", valueFormatter: (v) => (v === null || v === undefined ? "—" : `${Math.round(v * 100) / 100} ${data.unit}`) },
      xAxis: { type: "time", axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", scale: true, name: data.unit },
      series: lines,
    });
    addEventListener("resize", () => chart.resize());
  }
  const course = document.getElementById("f-course");
  const own = document.getElementById("own-steps");
  course?.addEventListener("change", () => { own.hidden = course.value !== "own"; });
  const sum = document.querySelector("[data-sum]");
  const shares = [...document.querySelectorAll("[data-share]")];
  const add = () => {
    const total = shares.reduce((all, field) => all + (Number(field.value.replaceAll(",", "")) || 0), 0);
    const rounded = Math.round(total * 1e6) / 1e6;
    sum.textContent = rounded.toLocaleString("en-US", { maximumFractionDigits: 6 });
    sum.classList.toggle("sum-off", rounded !== Number(sum.dataset.total));
    sum.classList.toggle("sum-right", rounded === Number(sum.dataset.total));
  };
  if (sum) shares.forEach((field) => field.addEventListener("input", add));
})();
