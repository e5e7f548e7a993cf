// Folds, filters, unpacks and copies. Without it the page can be read as well.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("js");

  // The matrix: chapters, their rules, their cases.
  const chapters = [];
  const good = new Set(["pass", "na", "none"]);
  const verdicts = (row) => [...row.cells].slice(1).map((cell) => cell.className || "pass");
  for (const body of all(".matrix tbody")) {
    const button = body.querySelector(".fold");
    if (body.classList.contains("chapter")) {
      chapters.push({ body, button, open: false, rules: [] });
      continue;
    }
    const [head, ...rows] = body.rows;
    const about = head.cells[0].textContent.toLowerCase();
    const bad = (row) => verdicts(row).some((v) => !good.has(v));
    const cases = rows.map((row) => (
      { row, text: `${about} ${row.id.toLowerCase()}`, verdicts: verdicts(row), bad: bad(row) }));
    chapters.at(-1).rules.push({ body, button, cases, open: false, bad: [...body.rows].some(bad), level: body.dataset.level });
  }
  const form = document.querySelector(".filters");

  // What is folded has on paper the rows that did not pass.
  function paint() {
    const text = form.elements.text.value.trim().toLowerCase();
    const words = text.split(/\s+/);
    const level = form.elements.level.value;
    const differ = form.elements.differ?.checked;
    const chosen = all("[name=verdict]:checked", form).map((box) => box.value);
    const wanted = (one) =>
      words.every((word) => one.text.includes(word)) &&
      (!differ || one.row.classList.contains("differ")) &&
      (!chosen.length || one.verdicts.some((v) => chosen.includes(v)));
    let shown = 0;
    let of = 0;
    for (const chapter of chapters) {
      let any = false;
      for (const rule of chapter.rules) {
        const kept = rule.cases.filter((one) => (!level || rule.level === level) && wanted(one));
        const paper = chapter.paper && rule.bad;
        for (const one of rule.cases) one.row.hidden = !kept.includes(one) || !(paper ? one.bad : rule.open);
        rule.body.hidden = !kept.length || !(paper || chapter.open);
        rule.button.setAttribute("aria-expanded", rule.open);
        any ||= kept.length > 0;
        shown += kept.length;
        of += rule.cases.length;
      }
      chapter.body.hidden = !any;
      chapter.button.setAttribute("aria-expanded", chapter.open);
    }
    form.querySelector("output").value = shown === of ? `${of} cases` : `${shown} of ${of} cases`;
    return Boolean(text || level || differ || chosen.length);
  }

  // At first what needs no look is folded.
  function rest() {
    for (const chapter of chapters) {
      for (const rule of chapter.rules) rule.open = rule.cases.some((one) => one.bad);
      chapter.open = false;
    }
  }

  function clear() {
    form.reset();
    rest();
    paint();
  }

  function unfold(open) {
    for (const chapter of chapters) {
      chapter.open = open;
      for (const rule of chapter.rules) rule.open = open;
    }
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("input", () => {
      unfold(true);
      if (!paint()) {
        rest();
        paint();
      }
    });
    form.elements.clear.addEventListener("click", clear);
    form.elements.unfold.addEventListener("click", () => { unfold(true); paint(); });
    form.elements.fold.addEventListener("click", () => { unfold(false); paint(); });
    for (const chapter of chapters) {
      for (const one of [chapter, ...chapter.rules]) {
        one.button.addEventListener("click", () => { one.open = !one.open; paint(); });
      }
    }
    rest();
    paint();
  }

  // Arrows go from row to row, and fold and unfold; a slash leads to the search.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const at = document.activeElement;
    if (e.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(at.tagName) && form && !form.closest("[hidden]")) {
      e.preventDefault();
      form.elements.text.focus();
    }
    if (!at.classList.contains("fold")) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      e.preventDefault();
      const rows = all(".matrix .fold").filter((button) => !button.closest("[hidden]"));
      rows[rows.indexOf(at) + step]?.focus();
    }
    const open = { ArrowRight: "false", ArrowLeft: "true" }[e.key];
    if (open) {
      e.preventDefault();
      if (at.getAttribute("aria-expanded") === open) at.click();
    }
  });

  // Articles are unpacked when they are first opened.
  let articles;
  async function unpack() {
    const bytes = Uint8Array.from(atob(byId("packed").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
  async function fill(details) {
    const number = details.dataset.packed;
    if (number === undefined || !details.open || details.classList.contains("brief")) return;
    delete details.dataset.packed;
    const box = document.createElement("div");
    try {
      articles ??= unpack();
      box.innerHTML = (await articles)[number];
    } catch (e) {
      box.textContent = `This browser cannot unpack the frames (${e}); zaqarwire replay result.json prints them.`;
    }
    details.append(box);
    copies(details);
  }
  for (const details of all(".kind > details")) {
    details.addEventListener("toggle", () => fill(details));
    fill(details);
  }

  // On paper nothing can be unfolded: a case that is open has all its messages there, one
  // that is folded what was expected and what was found.
  let ready = []; // the articles, since printing waits for nothing
  if (byId("packed")) addEventListener("load", async () => { ready = await (articles ??= unpack()).catch(() => []); });
  const folded = ":not([open])";
  const after = [];
  function forPaper(details) {
    details.open = true;
    after.push(() => { details.open = false; });
  }
  function summarize(details) {
    details.classList.add("brief");
    after.push(() => details.classList.remove("brief"));
    const box = document.createElement("template");
    box.innerHTML = ready[details.dataset.packed] ?? "";
    const found = box.content.querySelector(".found");
    if (!found) return;
    details.append(found);
    after.push(() => found.remove());
  }
  addEventListener("beforeprint", () => {
    for (const details of all(`.kind > details[open] details.before${folded}, .matrix details${folded}`)) forPaper(details);
    for (const details of all(`.kind > details${folded}`)) {
      summarize(details);
      forPaper(details);
    }
    for (const chapter of chapters) chapter.paper = !chapter.open;
    if (form) paint();
  });
  addEventListener("afterprint", () => {
    for (const undo of after.splice(0)) undo();
    for (const chapter of chapters) chapter.paper = false;
    if (form) paint();
  });

  // Commands are copied.
  function copies(root) {
    for (const button of all(".copy", root)) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const code = button.previousElementSibling;
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          getSelection().selectAllChildren(code);
          document.execCommand("copy");
        }
        button.textContent = "copied";
        setTimeout(() => { button.textContent = "copy"; }, 2000);
      });
    }
  }
  copies(document);

  // The address names what is shown: a view, a requirement, a case, a case in a format.
  const views = all(".view");
  function show() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* it is no id of ours */ }
    let target = byId(id);
    const format = /^(.*)\[(\w+)\]$/.exec(id);
    if (!target && format) target = byId(format[1]); // it passed: the matrix has it
    const view = target?.closest(".view") ?? views[0];
    for (const one of views) one.hidden = one !== view;
    for (const link of all("nav a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const row of all("tr.here")) row.classList.remove("here");
    if (!target || target === view) {
      if (target) scrollTo(0, 0);
      return;
    }
    if (target.matches(".matrix .rule tr")) {
      const body = target.closest("tbody");
      const chapter = chapters.find((c) => c.rules.some((r) => r.body === body));
      clear();
      chapter.open = chapter.rules.find((r) => r.body === body).open = true;
      paint();
      target.classList.add("here");
      target.tabIndex = -1;
    }
    if (target.matches("details")) target.open = true;
    const seen = target.matches("details") ? target.firstElementChild : target;
    seen.focus({ preventScroll: true });
    target.scrollIntoView();
  }
  addEventListener("hashchange", show);
  addEventListener("load", show); // after the browser scrolled by itself
  show();
})();
