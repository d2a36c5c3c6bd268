/* Draws the charts of a page again where they stand, as ones that answer to pointer and touch, once they come into
   view; and lets the arrow keys walk over the map of tiles. Without this file the page tells the same. */
(() => {
  const library = document.currentScript.dataset.library;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let loading;

  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(name).trim();
  };

  const common = (data, colour, text) => ({
    animation: false,
    textStyle: text,
    aria: { enabled: false },
    color: [0, 1, 2, 3].map((place) => colour(`--${data.nested ? "n" : "s"}${place}`)),
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      axisPointer: { type: "shadow", shadowStyle: { opacity: 0.25 } },
      backgroundColor: colour("--surface"),
      borderColor: colour("--line-strong"),
      textStyle: text,
      valueFormatter: (value) => number.format(value),
    },
  });

  const columns = (data, colour, text, width) => {
    const widths = data.nested ? [0.64, 0.44, 0.24] : [0.64, 0.64, 0.64, 0.64];
    const band = width / data.categories.length;
    const share = Math.min(1, (0.07 * width) / band / 0.64);
    return {
      ...common(data, colour, text),
      grid: { left: 0, right: 0, top: 50, bottom: 26 },
      // An axis for each series: on a common one columns of different widths do not stand in the middle.
      xAxis: data.series.map((_one, place) => ({
        type: "category",
        data: data.categories,
        show: place === 0,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
        axisLabel: { ...text, fontSize: 12 },
      })),
      yAxis: {
        type: "value",
        max: data.top,
        interval: data.top / 4,
        axisLabel: { ...text, color: colour("--ink-2"), fontSize: 11, inside: true, margin: 0, verticalAlign: "bottom", padding: [0, 0, 4, 0], formatter: (value) => number.format(Math.floor(value)) },
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      series: data.series.map((one, place) => ({
        ...one,
        type: "bar",
        stack: data.nested ? undefined : "all",
        barWidth: band * share * widths[place],
        xAxisIndex: data.nested ? place : 0,
        z: 2 + place,
        label: place === (data.nested ? 0 : data.series.length - 1)
          ? { show: data.categories.length * 34 < width, position: "top", distance: 3, ...text, fontSize: 12, formatter: ({ dataIndex }) => number.format(data.nested ? one.data[dataIndex] : data.series.reduce((sum, each) => sum + each.data[dataIndex], 0)) }
          : { show: false },
      })),
      graphic: data.marks.flatMap((mark, place) => {
        const at = (mark.at / data.categories.length) * width;
        const late = at > 0.8 * width || (place % 2 === 0 && at > 0.2 * width);
        const top = 4 + (place % 2) * 14;
        return [
          { type: "line", shape: { x1: at, x2: at, y1: top, y2: 260 }, style: { stroke: colour("--line-strong"), lineDash: [4, 3] }, silent: true, z: 1 },
          { type: "text", x: at + (late ? -4 : 4), y: top - 2, style: { text: mark.label, fill: colour("--ink-2"), fontSize: 11, fontFamily: text.fontFamily, align: late ? "right" : "left" }, silent: true },
        ];
      }),
    };
  };

  const rows = (data, colour, text, width) => {
    const tall = 24 + 17 * data.series.length + 16;
    return {
      ...common(data, colour, text),
      grid: { left: 0, right: "16%", top: 4, height: tall * data.categories.length },
      xAxis: { type: "value", max: data.top, show: false },
      yAxis: {
        type: "category",
        data: data.categories,
        inverse: true,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { ...text, fontSize: 13, inside: true, margin: 0, align: "left", verticalAlign: "bottom", padding: [0, 0, tall / 2 - 11, 0], width, overflow: "truncate" },
        z: 5,
      },
      series: data.series.map((one, place) => ({
        ...one,
        type: "bar",
        barWidth: 13,
        barGap: "31%",
        z: 2 + place,
        label: { show: true, position: "right", ...text, fontSize: 12, formatter: ({ value }) => number.format(value) },
      })),
    };
  };

  const draw = (box) => {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const live = document.createElement("div");
    live.className = "chart-live";
    live.setAttribute("aria-hidden", "true");
    box.append(live);
    const chart = window.echarts.init(live, null, { renderer: "svg" });
    const show = () => {
      const colour = colours();
      const text = { color: colour("--ink"), fontFamily: getComputedStyle(document.body).fontFamily };
      chart.setOption((data.shape === "rows" ? rows : columns)(data, colour, text, box.clientWidth), true);
    };
    show();
    box.classList.add("is-live");
    new ResizeObserver(() => { chart.resize(); show(); }).observe(box);
    document.addEventListener("portal:theme", show);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  };

  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      load().then(() => draw(target), () => {});
    }
  }, { rootMargin: "200px" });
  // Where data is to be saved, the drawing that came with the page has to do.
  if (!navigator.connection?.saveData) {
    const begin = () => document.querySelectorAll("[data-chart]").forEach((box) => seen.observe(box));
    if (document.readyState === "complete") begin();
    else window.addEventListener("load", begin);
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.querySelectorAll("[data-tilemap]").forEach((map) => {
    map.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const here = event.target.closest("a");
      if (!step || !here) return;
      event.preventDefault();
      const [across, down] = step;
      const middle = (tile) => { const box = tile.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
      const [x, y] = middle(here);
      let best;
      for (const tile of map.querySelectorAll("a")) {
        const [left, top] = middle(tile);
        const ahead = (left - x) * across + (top - y) * down;
        const aside = Math.abs((left - x) * down) + Math.abs((top - y) * across);
        if (ahead > 4 && ahead >= aside && (!best || ahead + 2 * aside < best.far)) best = { tile, far: ahead + 2 * aside };
      }
      best?.tile.focus();
    });
  });
})();
