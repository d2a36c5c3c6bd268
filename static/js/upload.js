/* Evidence files go up one by one as soon as they are chosen, each with its progress; the list below the form follows.
   The words about them are sent with the form. Without this script the form sends all of it at once. */
const form = document.querySelector("[data-upload]");

class Uploads {
  constructor() {
    this.chooser = form.querySelector("input[type=file]");
    this.rows = form.querySelector("[data-uploads]");
    this.status = form.querySelector("[data-upload-status]");
    this.pattern = form.querySelector("[data-upload-row]");
    this.list = document.querySelector("[data-file-list]");
    this.jobs = [];
    this.busy = false;
    form.classList.add("sends-at-once");
    this.chooser.addEventListener("change", () => this.take());
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("input", (event) => event.target.setCustomValidity?.(""));
    window.addEventListener("beforeunload", (event) => { if (this.open().length) event.preventDefault(); });
    this.take();
  }

  /* What was chosen is sent at once; a browser that goes back may have files chosen already. */
  take() {
    const files = [...this.chooser.files];
    this.chooser.value = "";
    files.forEach((file) => this.add(file));
  }

  add(file) {
    const row = this.pattern.content.firstElementChild.cloneNode(true);
    const job = { file, row, state: "" };
    row.querySelector(".upload-name").textContent = file.name;
    for (const of of row.querySelectorAll("[data-of]")) of.textContent = ` ${file.name}`;
    row.querySelector("[data-cancel]").addEventListener("click", () => this.cancel(job));
    row.querySelector("[data-retry]").addEventListener("click", () => this.wait(job));
    this.rows.append(row);
    this.rows.hidden = false;
    this.jobs.push(job);
    if (file.size > Number(form.dataset.limit)) this.say(job, "tooLarge", "refused");
    else this.wait(job);
  }

  wait(job) {
    job.row.querySelector("progress").value = 0;
    this.say(job, "waiting", "going");
    if (!this.busy) this.next();
  }

  cancel(job) {
    const sending = job.request && job.request.readyState !== XMLHttpRequest.DONE;
    this.say(job, "cancelled", "cancelled");
    if (sending) job.request.abort();
  }

  /* Files that are on their way, or that did not arrive: leaving the page would lose them. */
  open() { return this.jobs.filter((job) => ["going", "failed"].includes(job.state)); }

  say(job, words, state) {
    const place = job.row.querySelector(".upload-says");
    job.state = state;
    job.row.dataset.state = state;
    place.textContent = place.dataset[words] ?? words;
    job.row.querySelector("[data-cancel]").hidden = !["going", "failed"].includes(state);
    job.row.querySelector("[data-retry]").hidden = !["failed", "cancelled"].includes(state);
    if (state !== "going") this.status.textContent = `${job.file.name}: ${place.textContent}`;
  }

  next() {
    const job = this.jobs.find((one) => one.state === "going");
    this.busy = Boolean(job);
    if (!job) { this.goOn(); return; }
    const request = new XMLHttpRequest();
    const bar = job.row.querySelector("progress");
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set(this.chooser.name, job.file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = (100 * event.loaded) / event.total;
      if (event.loaded === event.total) this.say(job, "looked", "going");
    });
    request.addEventListener("load", () => { bar.value = 100; this.finish(job, request); this.next(); });
    request.addEventListener("error", () => { this.say(job, "failed", "failed"); this.next(); });
    request.addEventListener("abort", () => this.next());
    job.request = request;
    request.send(data);
  }

  finish(job, request) {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* a page of errors, or of signing in, is no JSON */ }
    for (const number of answer?.added ?? []) this.remember(number);
    if (answer?.list !== undefined) this.show(answer.list);
    if (request.status === 200 && answer) this.say(job, "kept", "kept");
    else if (answer?.refused?.length) this.say(job, answer.refused.join(" "), "refused");
    else this.say(job, "failed", "failed");
  }

  show(html) {
    this.list.innerHTML = html;
    for (const { value } of form.querySelectorAll("[name=added]")) this.list.querySelector(`[data-file="${value}"]`)?.classList.add("is-added");
    document.querySelector("[data-file-count]").textContent = this.list.querySelectorAll(".file").length;
  }

  /* The words of the form are about these files. */
  remember(number) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "added", value: number });
    form.append(field);
  }

  submitted(event) {
    const open = this.open();
    const problem = open.some((job) => job.state === "failed") ? null : this.problem();
    if (!open.length && !problem) return;
    event.preventDefault();
    this.waitingFor = null;
    if (problem) { problem[0].setCustomValidity(form.dataset[problem[1]]); form.reportValidity(); return; }
    const failed = open.find((job) => job.state === "failed");
    if (!failed) { this.waitingFor = event.submitter; return; }
    this.status.textContent = form.dataset.askFailed;
    failed.row.scrollIntoView({ block: "center" });
    failed.row.focus({ preventScroll: true });
  }

  /* What the server would ask for, asked at its field before anything is sent. */
  problem() {
    const { caption, consent_note: consent, is_public: shown, added } = form.elements;
    const written = caption.value.trim() || consent.value.trim() || shown.checked;
    if (written && !added && !this.open().length) return [this.chooser, "askFile"];
    if (shown.checked && !caption.value.trim()) return [caption, "askCaption"];
    if (shown.checked && !consent.value.trim()) return [consent, "askConsent"];
    return null;
  }

  /* Somebody has pressed the button while the last file was still on its way. */
  goOn() {
    const button = this.waitingFor;
    this.waitingFor = null;
    if (button) form.requestSubmit(button);
  }
}

if (form) new Uploads();
