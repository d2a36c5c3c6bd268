/* Loaded before the first paint: the kept choice of light or dark, without a flash. */
(() => {
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.bsTheme = kept;
  } catch { /* Storage is refused: the page follows the system. */ }
})();
