/* The box in a table's head ticks the whole page, and the button says how many are ticked; both work without this. */
(() => {
  for (const form of document.querySelectorAll("form[data-tick]")) {
    const boxes = [...form.elements].filter((field) => field.type === "checkbox" && field.name === "id");
    // Asked as an attribute: a field called "id" would answer for the form's own.
    const all = document.querySelector(`[data-tick-all="${form.getAttribute("id")}"]`);
    const count = form.querySelector("[data-tick-count]");
    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      if (all) {
        all.checked = ticked > 0 && ticked === boxes.length;
        all.indeterminate = ticked > 0 && ticked < boxes.length;
      }
      if (count) {
        count.hidden = ticked === 0;
        count.textContent = ` (${ticked})`;
      }
    };
    if (all) {
      all.closest("[data-tick-cell]").querySelector("label").hidden = false;
      all.addEventListener("change", () => {
        for (const box of boxes) box.checked = all.checked;
        show();
      });
    }
    for (const box of boxes) box.addEventListener("change", show);
    window.addEventListener("pageshow", show);
    show();
  }
})();
