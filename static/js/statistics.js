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
    const narrow = box.clientWidth < 560;
    const labels = narrow ? { width: 96, overflow: "break" } : { width: box.clientWidth / (categories.length + 1), overflow: "break" };
    const names = {
      type: "category",
      data: categories,
      inverse: narrow,
      axisLabel: { ...text, interval: 0, lineHeight: 15, ...labels },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisTick: { show: false },
    };
    const values = {
      type: "value",
      minInterval: 1,
      splitNumber: narrow ? 3 : 5,
      axisLabel: { ...text, formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: colour("--line") } },
    };
    chart.setOption({
      animation: false,
      color: [colour("--line-strong"), colour("--tone-waiting"), colour("--accent")],
      textStyle: text,
      legend: { bottom: 0, textStyle: text },
      grid: { left: 0, right: narrow ? 40 : 8, top: narrow ? 0 : 16, bottom: 36, containLabel: true },
      xAxis: narrow ? values : names,
      yAxis: narrow ? names : values,
      series: series.map((one) => ({
        ...one,
        type: "bar",
        barMaxWidth: 34,
        label: { show: true, position: narrow ? "right" : "top", ...text, formatter: ({ value }) => number.format(value) },
      })),
    }, true);
  };

  draw();
  new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  document.addEventListener("portal:theme", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
