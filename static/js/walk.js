/* Walking by keyboard: the arrows follow the links "previous" and "next" of the page.
   Arrows and no letters: a letter pressed by chance, or spoken, must not lead away (WCAG 2.1.4). */
const TYPING = "input, select, textarea, summary, [contenteditable], [role=radiogroup], .table-frame";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest(TYPING)) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = rel && document.querySelector(`main a[rel="${rel}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
