/* Evidence files go up one by one, each with its progress; the list beside the form follows. Without this script the
   form sends all of them at once. */
const form = document.querySelector("[data-upload]");

function begin() {
  const chooser = form.querySelector("input[type=file]");
  const rows = form.querySelector("[data-uploads]");
  const status = form.querySelector("[data-upload-status]");
  const pattern = form.querySelector("[data-upload-row]");
  const list = document.querySelector("[data-file-list]");
  const count = document.querySelector("[data-file-count]");
  const waiting = [];
  let busy = false;

  const say = (row, words, state) => {
    const place = row.querySelector(".upload-says");
    place.textContent = place.dataset[words] ?? words;
    row.dataset.state = state;
    row.querySelector("[data-cancel]").hidden = state !== "going";
    row.querySelector("[data-retry]").hidden = state !== "failed";
    if (state !== "going") status.textContent = `${row.querySelector(".upload-name").textContent}: ${place.textContent}`;
  };

  const show = (html) => {
    list.innerHTML = html;
    count.textContent = list.querySelectorAll(".file").length;
  };

  const words = () => {
    const data = new FormData(form);
    data.delete(chooser.name);
    return data;
  };

  const finish = (job, request) => {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* a page of errors, or of signing in, is no JSON */ }
    if (answer?.list !== undefined) show(answer.list);
    if (request.status === 200 && answer) say(job.row, "kept", "kept");
    else if (answer?.refused?.length) say(job.row, answer.refused.join(" "), "refused");
    else say(job.row, "failed", "failed");
  };

  const next = () => {
    const job = waiting.shift();
    busy = Boolean(job);
    if (!job) return;
    if (job.cancelled) { next(); return; }
    const request = new XMLHttpRequest();
    const bar = job.row.querySelector("progress");
    const data = job.words;
    data.set(chooser.name, job.file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = (100 * event.loaded) / event.total;
      if (event.loaded === event.total) say(job.row, "looked", "going");
    });
    request.addEventListener("load", () => { bar.value = 100; finish(job, request); next(); });
    request.addEventListener("error", () => { say(job.row, "failed", "failed"); next(); });
    request.addEventListener("abort", () => { say(job.row, "cancelled", "failed"); next(); });
    job.request = request;
    request.send(data);
  };

  const add = (file) => {
    const row = pattern.content.firstElementChild.cloneNode(true);
    row.querySelector(".upload-name").textContent = file.name;
    for (const of of row.querySelectorAll("[data-of]")) of.textContent = ` ${file.name}`;
    rows.append(row);
    rows.hidden = false;
    const job = { file, row, words: words() };
    const wait = () => {
      job.cancelled = false;
      row.querySelector("progress").value = 0;
      say(row, "waiting", "going");
      waiting.push(job);
      if (!busy) next();
    };
    row.querySelector("[data-cancel]").addEventListener("click", () => {
      job.cancelled = true;
      if (job.request && job.request.readyState !== XMLHttpRequest.DONE) job.request.abort();
      else say(row, "cancelled", "failed");
    });
    row.querySelector("[data-retry]").addEventListener("click", wait);
    if (file.size > Number(form.dataset.limit)) say(row, "tooLarge", "refused");
    else wait();
  };

  form.addEventListener("submit", (event) => {
    const files = [...chooser.files];
    const shown = form.elements.is_public;
    /* What has to be said in words first is said by the server, to the whole form. */
    if (!files.length || (shown.checked && !(form.elements.consent_note.value.trim() && form.elements.caption.value.trim()))) return;
    event.preventDefault();
    files.forEach(add);
    chooser.value = "";
  });
}

if (form) begin();
