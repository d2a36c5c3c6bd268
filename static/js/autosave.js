/* What is typed is kept: in this browser at once, on the server every few seconds. The page's buttons do without. */
const WAIT = 2000;
const LONGEST_WAIT = 8000;
const FIRST_RETRY = 3000;
const LAST_RETRY = 60000;
const TIMEOUT = 15000;
const MOST_OFFERS = 3;
const OLD = 30 * 24 * 3600 * 1000;

/* The browser's own copy, one for each person, record and step. Storage may be refused: then there is none. */
class Shelf {
  constructor(person, place) {
    this.works = true;
    this.typing = `typing:${person}:${place}`;
    this.offers = `typing-offers:${person}:${place}`;
    this.write("typing-person", person);
  }

  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch { this.works = false; }
  }

  clearOld() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("typing:") && Date.now() - (this.read(key)?.at ?? 0) > OLD) localStorage.removeItem(key);
      }
    } catch { this.works = false; }
  }
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.names = form.dataset.names.split(" ").filter((name) => form.elements[name]);
    this.shelf = new Shelf(form.dataset.person, form.dataset.place);
    this.words = document.getElementById("typing-words").content;
    this.sent = JSON.stringify(this.typed());
    this.retry = FIRST_RETRY;
    this.shelf.clearOld();
    this.takeReceipt();
    this.findOffers();
    this.listen();
  }

  typed() {
    return Object.fromEntries(this.names.map((name) => [name, this.form.elements[name].value]));
  }

  get dirty() { return JSON.stringify(this.typed()) !== this.sent; }

  /* The server says by a cookie which step it has saved last: the copy of that one is not needed any more. */
  takeReceipt() {
    const receipt = document.cookie.match(/(?:^|; )typing-saved=([^;]*)/);
    if (!receipt) return;
    const key = `typing:${this.form.dataset.person}:${decodeURIComponent(receipt[1])}`;
    if (this.shelf.read(key)?.leaving) this.shelf.write(key, null);
    document.cookie = "typing-saved=; path=/; max-age=0; samesite=lax";
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", (event) => this.names.includes(event.target.name) && this.changed());
    form.addEventListener("change", (event) => this.names.includes(event.target.name) && this.changed());
    form.addEventListener("focusout", () => this.dirty && this.plan(300));
    form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => this.send({ keepalive: document.hidden }));
    window.addEventListener("focus", () => this.waiting && this.send());
    window.addEventListener("online", () => { this.retry = FIRST_RETRY; this.send(); });
    window.addEventListener("offline", () => this.dirty && this.say(this.unsent()));
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.dirty && !this.shelf.works) event.preventDefault();
    });
    document.addEventListener("submit", (event) => this.signOut(event), true);
  }

  changed() {
    if (!this.dirty) return;
    this.since ??= Date.now();
    clearTimeout(this.shelving);
    this.shelving = setTimeout(() => this.store(), 250);
    this.plan(Math.min(WAIT, Math.max(0, this.since + LONGEST_WAIT - Date.now())));
  }

  store(leaving = false) {
    clearTimeout(this.shelving);
    this.shelf.write(this.shelf.typing, { typed: this.typed(), at: Date.now(), leaving });
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  body() {
    const body = new FormData();
    for (const [name, text] of Object.entries(this.typed())) body.append(name, text);
    body.append("base", this.form.dataset.base);
    body.append("person", this.form.dataset.person);
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return body;
  }

  async send({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.leaving || !this.dirty) return;
    this.store();
    if (this.busy) { this.plan(500); return; }
    this.sending = this.deliver(keepalive);
    await this.sending;
  }

  async deliver(keepalive) {
    this.busy = true;
    this.since = null;
    const text = JSON.stringify(this.typed());
    this.controller = new AbortController();
    const limit = setTimeout(() => this.controller.abort(), TIMEOUT);
    let answer = null;
    try {
      answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.body(),
        redirect: "manual",
        credentials: "same-origin",
        keepalive: keepalive && text.length < 20000,
        signal: this.controller.signal,
      });
    } catch { /* No line: the browser's own copy stays. */ }
    clearTimeout(limit);
    this.busy = false;
    if (!this.leaving) await this.heard(answer, text);
  }

  async heard(answer, text) {
    this.waiting = false;
    if (!answer || answer.status >= 500 || answer.status === 429) return this.later();
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.signedOut();
    if (answer.status === 403) return (await this.freshToken()) ? this.plan(0) : this.signedOut();
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) return this.say("refused", { says: told.says || "" });
    this.retry = FIRST_RETRY;
    this.sent = text;
    if (this.dirty) this.plan(WAIT);
    else { this.shelf.write(this.shelf.typing, null); clearTimeout(this.shelving); }
    if (told.saved_at) this.say("saved", { time: told.saved_at });
    else this.say("unchanged");
    this.tellOthers(told);
    return undefined;
  }

  unsent() { return this.shelf.works ? "unsent" : "nowhere"; }

  later() {
    this.say(this.unsent());
    this.plan(this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  signedOut() {
    this.waiting = true;
    this.say("signed-out");
  }

  /* Signing in again makes a new token; the page of the form has it, if it is still the same person's. */
  async freshToken() {
    if (this.asked && Date.now() - this.asked < FIRST_RETRY) return false;
    this.asked = Date.now();
    const answer = await fetch(location.pathname, { redirect: "manual", credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form[data-autosave]");
    const token = form?.elements.csrfmiddlewaretoken?.value;
    if (!token || form.dataset.person !== this.form.dataset.person) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  submitted(event) {
    if (event.submitter?.hasAttribute("formaction")) return;
    this.store(true);
    if (navigator.onLine === false) {
      event.preventDefault();
      this.say(this.unsent());
      return;
    }
    this.leaving = true;
    this.controller?.abort();
  }

  leave() {
    if (this.leaving || !this.dirty) return;
    this.store();
    navigator.sendBeacon?.(this.form.dataset.autosave, this.body());
  }

  /* Whoever signs out leaves nothing in this browser: what is typed has to be on the server before. */
  signOut(event) {
    if (!event.target.action?.endsWith("/logout/") || !this.dirty || this.tried) return;
    this.tried = true;
    event.preventDefault();
    event.stopPropagation();
    this.settle().then(() => this.dirty || event.target.requestSubmit());
  }

  /* What is on its way comes first; what was typed after it follows. */
  async settle() {
    for (let turn = 0; turn < 3 && this.dirty; turn += 1) {
      await this.sending;
      await this.send();
    }
  }

  say(word, values = {}) {
    const place = document.querySelector("[data-typing-says]");
    const source = this.words.querySelector(`[data-word="${word}"]`);
    const said = source.cloneNode(true);
    for (const [name, value] of Object.entries(values)) {
      for (const part of said.querySelectorAll(`[data-value="${name}"]`)) part.textContent = value;
    }
    if (place.textContent !== said.textContent) place.replaceChildren(...said.childNodes);
    place.dataset.state = word;
  }

  tellOthers({ others = [], version = 0 }) {
    const place = document.querySelector("[data-typing-others]");
    if (!place) return;
    const newer = version > Number(this.form.dataset.version);
    const lines = others.map(({ name, time }) => this.line("other", { name, time }));
    if (newer) lines.push(this.line("newer", {}));
    place.replaceChildren(...lines);
    place.hidden = lines.length === 0;
  }

  line(word, values) {
    const line = this.words.querySelector(`[data-word="${word}"]`).cloneNode(true);
    for (const [name, value] of Object.entries(values)) line.querySelector(`[data-value="${name}"]`).textContent = value;
    return line;
  }

  /* What this browser kept and the page does not show is offered back; nothing is written over what is offered. */
  findOffers() {
    const kept = this.shelf.read(this.shelf.typing);
    // A page that answers what was sent shows all of it, or asks about it.
    const received = kept?.leaving && "received" in this.form.dataset;
    this.offers = (this.shelf.read(this.shelf.offers) || []).concat(received ? [] : kept || []);
    this.offers = this.offers.filter((one) => Date.now() - one.at < OLD && this.differs(one));
    this.offers = this.offers.slice(-MOST_OFFERS);
    this.shelf.write(this.shelf.typing, null);
    this.keepOffers();
    const place = document.querySelector("[data-offer]");
    place.querySelector("[data-take]").addEventListener("click", () => this.take(this.offers.pop()));
    place.querySelector("[data-drop]").addEventListener("click", () => this.drop());
    this.showOffer();
  }

  differs({ typed }) {
    const now = this.typed();
    const plain = (text) => (text ?? "").replace(/\r\n/g, "\n").trim();
    return this.names.some((name) => name in typed && plain(typed[name]) !== plain(now[name]));
  }

  keepOffers() { this.shelf.write(this.shelf.offers, this.offers.length ? this.offers : null); }

  showOffer() {
    const place = document.querySelector("[data-offer]");
    const offer = this.offers.at(-1);
    place.hidden = !offer;
    if (!offer) return;
    place.querySelector("[data-value=time]").textContent = new Date(offer.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    const list = place.querySelector("dl");
    list.replaceChildren();
    const now = this.typed();
    for (const name of this.names.filter((one) => one in offer.typed && offer.typed[one] !== now[one])) {
      const label = document.createElement("dt");
      const text = document.createElement("dd");
      const field = this.form.elements[name];
      label.textContent = field.labels?.[0]?.textContent.trim() ?? name;
      text.className = "prose";
      text.textContent = (field.options && [...field.options].find((option) => option.value === offer.typed[name])?.text) || offer.typed[name] || "–";
      list.append(label, text);
    }
  }

  take(offer) {
    for (const name of this.names.filter((one) => one in offer.typed)) {
      this.form.elements[name].value = offer.typed[name];
      this.form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.store();
    this.drop(false);
    this.form.elements[this.names[0]].focus();
  }

  drop(last = true) {
    if (last) this.offers.pop();
    this.offers = this.offers.filter((one) => this.differs(one));
    this.keepOffers();
    this.showOffer();
  }
}

const form = document.querySelector("form[data-autosave]");
if (form) new Keeper(form);
