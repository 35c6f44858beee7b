"use strict";
(() => {
  const root = document.documentElement;
  const state = () => new URLSearchParams(location.hash.split("?")[1] || "");
  const anchor = () => location.hash.split("?")[0].slice(1);
  const keep = (values) => {
    const query = values.toString();
    history.replaceState(null, "", "#" + anchor() + (query ? "?" + query : ""));
  };
  const paint = () => {
    const theme = state().get("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  };
  paint();

  // As the tool folds words: no case, no accents or vowel marks, no tatweel, one letter for those that papers interchange.
  const same = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ک": "ك", "ی": "ي", "ى": "ي", "ے": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "گ": "ك", "ё": "е" };
  const fold = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[أإآٱکیىےةؤئگё]/g, (letter) => same[letter])
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .normalize("NFD").replace(/[\p{Mn}\u0640]/gu, "").replace(/\s+/g, " ");

  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll(".js")) part.hidden = false;

    const button = document.getElementById("theme");
    const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const press = () => button.setAttribute("aria-pressed", String(dark()));
    press();
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      const values = state();
      values.set("theme", root.dataset.theme);
      keep(values);
      press();
    });

    const folded = [];
    window.addEventListener("beforeprint", () => {
      for (const part of document.querySelectorAll("details:not([open])")) { part.open = true; folded.push(part); }
    });
    window.addEventListener("afterprint", () => { for (const part of folded.splice(0)) part.open = false; });

    const form = document.getElementById("filters");
    if (!form) return;
    const findings = [...document.querySelectorAll(".finding")];
    const timelines = [...document.querySelectorAll(".timeline")];
    const lines = new Map([...document.querySelectorAll(".index li")].map((line) => [line.dataset.for, line]));
    const texts = new Map();
    const text = (finding) => {
      if (!texts.has(finding)) texts.set(finding, fold(finding.textContent));
      return texts.get(finding);
    };
    const names = ["actor", "kind", "state", "language"];

    const apply = () => {
      const wanted = fold(form.elements.q.value).split(" ").filter(Boolean);
      let shown = 0;
      const actors = new Set();
      for (const finding of findings) {
        const fits = names.every((name) => {
          const value = form.elements[name].value;
          return !value || (name === "language" ? finding.dataset.language.split(" ").includes(value) : finding.dataset[name] === value);
        }) && wanted.every((word) => text(finding).includes(word));
        finding.hidden = !fits;
        lines.get(finding.id).hidden = !fits;
        if (fits) { shown += 1; actors.add(finding.dataset.actor); }
      }
      for (const line of timelines) line.hidden = !actors.has(line.dataset.actor);
      document.getElementById("shown").textContent = String(shown);
      document.getElementById("no-match").hidden = shown > 0;
    };
    const remember = () => {
      const values = state();
      for (const name of ["q", ...names]) {
        const value = form.elements[name].value;
        if (value) values.set(name, value); else values.delete(name);
      }
      keep(values);
    };
    const recall = () => {
      const values = state();
      for (const name of ["q", ...names]) {
        form.elements[name].value = values.get(name) || "";
        if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
      }
      apply();
      const goal = location.hash.includes("?") && document.getElementById(anchor());
      if (goal && !goal.hidden) goal.scrollIntoView();
    };

    form.addEventListener("input", () => { apply(); remember(); });
    form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link inside the page keeps the filters, but clears them where they hide what it leads to.
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest('a[href^="#"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const goal = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
      if (!goal) return;
      event.preventDefault();
      if (goal.hidden) {
        for (const name of ["q", ...names]) form.elements[name].value = "";
        apply();
        remember();
      }
      const query = state().toString();
      history.pushState(null, "", "#" + goal.id + (query ? "?" + query : ""));
      goal.scrollIntoView();
      if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
    });
    window.addEventListener("hashchange", () => { paint(); press(); recall(); });
    recall();
  });
})();
