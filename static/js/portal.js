/* Small comforts; every page works without them. */
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => root.dataset.bsTheme || (system.matches ? "dark" : "light");

  /* Light or dark: the choice is kept in this browser. */
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    const show = () => button.setAttribute("aria-pressed", String(theme() === "dark"));
    button.hidden = false;
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", () => {
      root.dataset.bsTheme = theme() === "dark" ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.bsTheme); } catch { /* Not kept, but shown. */ }
      show();
      document.dispatchEvent(new CustomEvent("portal:theme"));
    });
  }

  /* Parts that only work with scripts show themselves (passkeys). */
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

  /* Words that are often true are written by a tap. */
  for (const button of document.querySelectorAll("[data-fill]")) {
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.fill);
      field.value = button.textContent.trim();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }

  /* One open menu at a time; a click beside it or Escape closes it. */
  const menus = "details[data-menu]";
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(`${menus}[open]`)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(`${menus}[open]`)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* Empty fields stay out of the address. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") return;
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[method=get] :disabled[name]")) field.disabled = false;
  });

  /* A form is sent once, however often its button is pressed. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  /* Parts that take longer than the page come after it; their address is a page of its own. */
  for (const place of document.querySelectorAll("[data-fragment]")) {
    fetch(place.dataset.fragment, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
      .then((page) => {
        const part = new DOMParser().parseFromString(page, "text/html").getElementById("fragment");
        if (part) place.replaceChildren(...part.childNodes);
      })
      .catch(() => { /* The link stays. */ });
  }

  /* What this browser keeps of somebody's typing goes when he signs out; it stays when only the session has ended. */
  const signOut = "form[action$='/logout/']";
  try {
    document.addEventListener("submit", (event) => {
      if (event.target.matches(signOut)) sessionStorage.setItem("signing-out", "1");
    });
    if (sessionStorage.getItem("signing-out")) {
      sessionStorage.removeItem("signing-out");
      const person = localStorage.getItem("typing-person")?.replace(/"/g, "");
      const his = (key) => key.startsWith(`typing:${person}:`) || key.startsWith(`typing-offers:${person}:`);
      if (!document.querySelector(signOut)) Object.keys(localStorage).filter(his).forEach((key) => localStorage.removeItem(key));
    }
  } catch { /* Storage is refused: there is nothing in it. */ }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
