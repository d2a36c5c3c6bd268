/* Comforts of the registration form: the list of what is missing, last year's words, dates, models that are alike. */
const form = document.getElementById("registration-form");
const refused = document.getElementById("refused");
const ASK_AFTER = 700;
const LEAST_LETTERS = 8;

/* What is missing, as one types. */
function check() {
  for (const item of document.querySelectorAll("[data-needs]")) {
    const field = form.elements[item.dataset.needs];
    if (!field) continue;
    /* What was refused stays refused until it reads otherwise. */
    const slip = field.classList.contains("is-invalid") && field.value === field.defaultValue;
    const filled = field.value.trim() !== "" && !slip;
    item.classList.toggle("is-filled", filled);
    for (const word of item.querySelectorAll("[data-when]")) word.hidden = (word.dataset.when === "filled") !== filled;
  }
  for (const count of document.querySelectorAll("[data-step-count]")) {
    const items = document.querySelectorAll(`[data-step="${count.dataset.stepCount}"] [data-needs]:not(.is-filled)`);
    count.querySelector("[data-value]").textContent = items.length;
    for (const word of count.querySelectorAll("[data-when]")) word.hidden = (word.dataset.when === "filled") !== (items.length === 0);
  }
}

/* Last year's words stand where this year's are others. */
function compare() {
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  for (const words of form.querySelectorAll("[data-last-year]")) {
    const field = words.closest(".mb-3").querySelector("input, select, textarea");
    words.hidden = plain(field.value) === plain(words.dataset.lastYear);
  }
}

/* The keyboard of numbers has no stroke: 05022026 becomes 05/02/2026. */
function write(event) {
  if (!event.target.matches("[data-date]")) return;
  const date = event.target.value.trim().match(/^(\d{1,2})[ .\-/]?(\d{2})[ .\-/]?(\d{4})$/);
  if (!date) return;
  const text = `${date[1].padStart(2, "0")}/${date[2]}/${date[3]}`;
  if (text === event.target.value) return;
  event.target.value = text;
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
}

/* What was refused is not said any more of what now reads otherwise; the server looks at it anew. */
function unsay(event) {
  const field = event.target;
  if (!field.matches?.(".is-invalid") || field.value === field.dataset.refusedValue) return;
  field.classList.remove("is-invalid");
  field.removeAttribute("aria-invalid");
  const said = [...field.closest(".mb-3").querySelectorAll(".invalid-feedback")];
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !said.some((words) => words.id === id));
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
  for (const words of said) words.remove();
}

function refuse(field, sentence) {
  field.dataset.refusedValue = field.value;
  if (field.classList.contains("is-invalid")) return;
  const words = document.createElement("p");
  words.className = "invalid-feedback";
  words.id = `slip_${field.id}`;
  words.textContent = sentence;
  field.classList.add("is-invalid");
  field.setAttribute("aria-invalid", "true");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== words.id);
  field.setAttribute("aria-describedby", [words.id, ...others].join(" "));
  field.after(words);
}

/* Days that no calendar has, and words where a number stands, are told when one leaves the field. A date written in
   another way the server may understand: it is left to it. */
function look(event) {
  const field = event.target;
  const text = field.value?.trim() ?? "";
  if (!text) return;
  if (field.matches("[data-date]")) {
    const parts = text.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/)?.slice(1).map(Number);
    const day = parts && new Date(parts[2], parts[1] - 1, parts[0]);
    if (parts && (day.getDate() !== parts[0] || day.getMonth() !== parts[1] - 1)) refuse(field, form.dataset.noSuchDay);
  } else if (field.matches("[data-count]") && /[^\d.\s]/.test(text)) refuse(field, form.dataset.noNumber);
}

/* A title is one line, however many it is drawn in. */
function keepOneLine(field) {
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  field.addEventListener("input", () => { if (/[\r\n]/.test(field.value)) field.value = field.value.replace(/\s*[\r\n]+\s*/g, " "); });
}

/* What is written is seen, also where it was folded away. */
function unfold(field) {
  const fold = field.closest("details");
  if (fold) fold.open = true;
}

/* A link to a field leads into it. */
function enter() {
  const field = location.hash.startsWith("#id_") && document.getElementById(location.hash.slice(1));
  if (!field) return;
  unfold(field);
  field.focus({ preventScroll: true });
  (field.closest(".mb-3") ?? field).scrollIntoView({ block: "start" });
}

/* Models with a title like this one, under the title. */
function lookForSimilar() {
  const { similar, registration = "" } = form.dataset;
  const title = form.elements.title;
  if (!similar || !title) return;
  const place = document.createElement("div");
  place.className = "similar";
  place.setAttribute("role", "status");
  const hint = document.createElement("p");
  hint.className = "muted small mb-0";
  hint.textContent = form.dataset.similarHint;
  place.append(hint);
  title.closest(".mb-3").append(place);
  let timer;
  let asked = "";
  const look = async () => {
    const text = title.value.trim();
    if (text === asked) return;
    asked = text;
    if (text.length < LEAST_LETTERS) { place.replaceChildren(hint); return; }
    const address = `${similar}?${new URLSearchParams({ title: text, registration })}`;
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!answer?.ok || text !== asked) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("similar");
    /* Its room is kept free and the list is opened by a tap, so that nothing moves under the finger. */
    part?.querySelector("details")?.removeAttribute("open");
    place.replaceChildren(...(part ? part.childNodes : [hint]));
  };
  title.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, ASK_AFTER); });
  for (const button of document.querySelectorAll("[data-similar-button]")) button.hidden = true;
  if (!registration) look();
}

if (form) {
  form.querySelectorAll("[data-one-line]").forEach(keepOneLine);
  for (const field of form.querySelectorAll(".is-invalid")) field.dataset.refusedValue = field.value;
  form.addEventListener("input", (event) => { if (event.target.value) unfold(event.target); unsay(event); check(); compare(); });
  form.addEventListener("change", (event) => { unsay(event); check(); compare(); });
  form.addEventListener("focusout", (event) => { write(event); look(event); });
  window.addEventListener("hashchange", enter);
  check();
  compare();
  lookForSimilar();
  if (refused) { refused.focus({ preventScroll: true }); refused.scrollIntoView({ block: "start" }); } else enter();
}
