/* The chart above the table of fields; without it the table tells the same. */
(() => {
  const box = document.getElementById("chart");
  const data = document.getElementById("chart-data");
  if (!box || !data || !window.echarts) return;
  const { categories, series } = JSON.parse(data.textContent);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  box.hidden = false;
  const chart = window.echarts.init(box, null, { renderer: "svg" });

  const draw = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const text = { color: colour("--ink"), fontFamily: getComputedStyle(document.body).fontFamily };
    chart.setOption({
      animation: false,
      color: [colour("--line-strong"), colour("--tone-waiting"), colour("--accent")],
      textStyle: text,
      legend: { bottom: 0, textStyle: text },
      grid: { left: 0, right: 8, top: 12, bottom: 36, containLabel: true },
      xAxis: {
        type: "category",
        data: categories,
        axisLabel: { ...text, interval: 0, width: box.clientWidth / (categories.length + 1), overflow: "break" },
        axisLine: { lineStyle: { color: colour("--line-strong") } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value",
        minInterval: 1,
        axisLabel: { ...text, formatter: (value) => number.format(value) },
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      series: series.map((one) => ({
        ...one,
        type: "bar",
        barMaxWidth: 34,
        label: { show: box.clientWidth > 560, position: "top", ...text, formatter: ({ value }) => number.format(value) },
      })),
    }, true);
  };

  draw();
  new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  document.addEventListener("portal:theme", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
