/* At the conference: each opinion goes into an outbox of this browser first, and from there to the server, once. */
const FIRST_RETRY = 2000;
const LAST_RETRY = 20000;
const TIMEOUT = 15000;
/* The server remembers for two days what was sent; what is older is looked at by a person before it is sent. */
const OLD = 36 * 3600 * 1000;
const KEPT = ["unit_in_charge"];

const token = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

class Table {
  constructor(form) {
    this.form = form;
    this.text = form.elements.text;
    this.place = `${form.dataset.person}:${form.dataset.dialogue}`;
    this.words = document.getElementById("table-words").content;
    this.works = true;
    this.retry = FIRST_RETRY;
    this.initial = this.values();
    this.waiting = this.kept();
    for (const entry of this.waiting) if (Date.now() - entry.at > OLD) entry.errors = [this.word("old").textContent];
    this.fill(this.read("table-draft"));
    this.listen();
    this.show();
    this.pump();
    this.text.focus();
  }

  /* Each one under a key of its own: two windows of one dialogue never write over each other. */
  kept() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(`table:${this.place}:`));
      return names.map((name) => JSON.parse(localStorage.getItem(name))).sort((one, other) => one.at - other.at);
    } catch { this.works = false; return []; }
  }

  shelve(entry) { this.write("table", entry, `:${entry.token}`); }

  forget(entry) {
    this.waiting = this.waiting.filter((one) => one !== entry);
    this.write("table", null, `:${entry.token}`);
  }

  read(name) {
    try { return JSON.parse(localStorage.getItem(`${name}:${this.place}`)); } catch { this.works = false; return null; }
  }

  write(name, value, end = "") {
    try {
      if (value === null) localStorage.removeItem(`${name}:${this.place}${end}`);
      else localStorage.setItem(`${name}:${this.place}${end}`, JSON.stringify(value));
    } catch { this.works = false; }
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.take(); });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.take(); }
    });
    this.form.addEventListener("input", () => this.write("table-draft", this.values()));
    document.addEventListener("submit", (event) => this.signOut(event), true);
    window.addEventListener("online", () => this.soon());
    window.addEventListener("focus", () => this.soon());
    window.addEventListener("beforeunload", (event) => { if (!this.works && this.waiting.length) event.preventDefault(); });
  }

  /* Whoever signs out is told once that something is not on the server yet; what is half typed is left nowhere. */
  signOut(event) {
    if (!event.target.getAttribute("action")?.endsWith("/logout/")) return;
    if (!this.warned && (this.waiting.length || this.text.value.trim())) {
      this.warned = true;
      event.preventDefault();
      event.stopPropagation();
      this.soon();
      this.say("leaving");
      this.text.focus();
      return;
    }
    this.write("table-draft", null);
  }

  fields() { return [...this.form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "sending"].includes(field.name)); }

  values() {
    return Object.fromEntries(this.fields().map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
  }

  fill(values) {
    for (const field of this.fields()) {
      if (!values || !(field.name in values)) continue;
      if (field.type === "checkbox") field.checked = values[field.name];
      else field.value = values[field.name];
    }
  }

  /* Into the outbox at once; the form is free for the next one. */
  take() {
    const values = this.values();
    if (!values.text.trim()) { this.text.focus(); return; }
    const entry = { token: token(), at: Date.now(), values };
    this.waiting.push(entry);
    this.shelve(entry);
    this.clear();
    this.show();
    this.pump();
  }

  clear() {
    const kept = Object.fromEntries(KEPT.map((name) => [name, this.form.elements[name].value]));
    this.fill({ ...Object.fromEntries(Object.entries(this.initial).map(([name, value]) => [name, value === true || value === false ? false : ""])), ...kept });
    this.write("table-draft", null);
    this.text.focus();
  }

  soon() { this.retry = FIRST_RETRY; this.pump(); }

  async pump() {
    clearTimeout(this.timer);
    if (this.busy) return;
    const entry = this.waiting.find((one) => !one.errors);
    if (!entry) { this.say(this.waiting.length ? "refused" : "saved"); return; }
    this.busy = true;
    this.say("sending");
    const answer = await this.send(entry);
    this.busy = false;
    if (await this.heard(entry, answer)) this.pump();
    else { this.timer = setTimeout(() => this.pump(), this.retry); this.retry = Math.min(this.retry * 2, LAST_RETRY); }
  }

  async send(entry) {
    const body = new FormData();
    for (const [name, value] of Object.entries(entry.values)) if (value !== false) body.append(name, value === true ? "on" : value);
    body.append("sending", entry.token);
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    const controller = new AbortController();
    const limit = setTimeout(() => controller.abort(), TIMEOUT);
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body, headers: { "X-At-The-Table": "1" }, redirect: "manual", credentials: "same-origin", signal: controller.signal,
      });
      return { answer, text: answer.type === "opaqueredirect" ? "" : await answer.text() };
    } catch { return null; } finally { clearTimeout(limit); }
  }

  /* Whether the next one may be sent at once. */
  async heard(entry, told) {
    const status = told?.answer.status;
    if (status === 200) { this.entered(entry, told.text); return true; }
    if (status === 422) {
      entry.errors = JSON.parse(told.text).errors;
      this.shelve(entry);
      this.show();
      return true;
    }
    if (told?.answer.type === "opaqueredirect" || status === 401 || status === 404) this.say("signed-out");
    else if (status === 403) { if (!(await this.freshToken())) this.say("signed-out"); }
    else this.say(this.works ? "unsent" : "nowhere");
    return false;
  }

  entered(entry, html) {
    this.retry = FIRST_RETRY;
    this.forget(entry);
    const row = new DOMParser().parseFromString(html, "text/html").querySelector("[data-opinion]");
    const list = document.querySelector("[data-table-entered]");
    list.querySelector(`[data-opinion="${row.dataset.opinion}"]`)?.remove();
    list.prepend(row);
    document.querySelector("[data-table-count]").textContent = list.children.length;
    this.show();
  }

  /* Signing in again makes a new token; the page has it, if it is still the same person's. */
  async freshToken() {
    const answer = await fetch(location.pathname, { redirect: "manual", credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return false;
    const form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-table]");
    if (form?.dataset.person !== this.form.dataset.person) return false;
    this.form.elements.csrfmiddlewaretoken.value = form.elements.csrfmiddlewaretoken.value;
    return true;
  }

  show() {
    const place = document.querySelector("[data-table-waiting]");
    place.hidden = this.waiting.length === 0;
    place.querySelector("ol").replaceChildren(...this.waiting.map((entry) => this.line(entry)));
  }

  line(entry) {
    const line = document.createElement("li");
    line.className = "record";
    const text = document.createElement("p");
    text.className = "record-title";
    text.textContent = entry.values.text;
    line.append(text);
    if (entry.errors) {
      const errors = document.createElement("p");
      errors.className = "text-danger";
      errors.textContent = entry.errors.join(" ");
      const button = this.word("correct");
      button.addEventListener("click", () => this.correct(entry));
      line.append(errors, button);
    }
    return line;
  }

  /* Back into the form; what stands there goes into the outbox before, so that neither is lost. */
  correct(entry) {
    if (this.text.value.trim()) this.take();
    this.forget(entry);
    this.fill(entry.values);
    this.write("table-draft", this.values());
    this.show();
    this.text.focus();
  }

  word(name) { return this.words.querySelector(`[data-word="${name}"]`).cloneNode(true); }

  say(name) {
    const place = document.querySelector("[data-table-says]");
    place.dataset.state = name;
    const words = this.word(name).textContent;
    if (place.textContent !== words) place.textContent = words;
  }
}

const form = document.querySelector("form[data-table]");
if (form) new Table(form);
