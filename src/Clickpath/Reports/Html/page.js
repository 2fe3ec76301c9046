"use strict";
// What the page does beyond being read: theme, sorting, filtering, folding, chart values. Nothing is fetched, and no text
// becomes markup: elements are made one by one.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    if (tag === "button") element.type = "button";
    return element;
  };
  root.classList.add("scripted");

  // Theme: the system's until the reader chooses. A browser may forbid files to remember; then the choice lasts for the visit.
  const memory = (act) => { try { return act(localStorage); } catch { return null; } };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = make("button", "button", "");
  const chosen = memory((store) => store.getItem("clickpath-theme"));
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const name = () => { theme.textContent = isDark() ? "Light theme" : "Dark theme"; };
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    memory((store) => store.setItem("clickpath-theme", root.dataset.theme));
    name();
  });
  dark.addEventListener("change", name);
  name();
  const tools = make("div", "tools", "");
  const print = make("button", "button", "Print");
  print.addEventListener("click", () => window.print());
  tools.append(theme, print);
  document.querySelector(".top").append(tools);

  // Contents: the section in view is marked, and its parts are listed.
  const links = new Map(all(".toc a").map((link) => [link.hash.slice(1), link]));
  const places = all("main [id]").filter((element) => links.has(element.id));
  const mark = () => {
    const line = innerHeight * 0.3;
    const end = scrollY + innerHeight >= document.body.scrollHeight - 2 && scrollY > 0;
    const current = end ? places.at(-1) : places.findLast((place) => place.getBoundingClientRect().top <= line) ?? places[0];
    for (const link of links.values()) link.removeAttribute("aria-current");
    for (const item of all(".toc li.open")) item.classList.remove("open");
    const link = current && links.get(current.id);
    if (!link) return;
    link.setAttribute("aria-current", "true");
    for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("open");
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // Tables.
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const value = (cell) => cell.dataset.v ?? cell.textContent;
  const compare = (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === "" || y === "") return null;
    return a.dataset.v !== undefined && b.dataset.v !== undefined && !isNaN(x) && !isNaN(y) ? x - y : order.compare(x, y);
  };
  const numberOf = (count) => count.toLocaleString("en-US");

  for (const box of all(".table")) {
    const body = box.querySelector("tbody");
    const rows = [...body.rows];
    const most = Number(box.dataset.folded);
    const label = box.querySelector("caption").textContent;
    let open = rows.length <= most + 2;
    let words = "";
    const count = make("span", "count", "");
    count.setAttribute("role", "status");
    const unfold = make("button", "button unfold", "");
    unfold.addEventListener("click", () => { open = !open; show(); });
    const printed = make("p", "cut printed", "");

    const show = () => {
      const fits = (row) => words === "" || row.textContent.toLowerCase().includes(words);
      let found = 0;
      for (const row of body.rows) {
        const fit = fits(row);
        row.classList.toggle("away", !fit);
        found += fit ? 1 : 0;
        row.classList.toggle("folded", fit && !open && found > most);
      }
      const shown = open ? found : Math.min(found, most);
      count.textContent = words !== "" ? `${numberOf(found)} of ${numberOf(rows.length)} rows match`
        : shown < rows.length ? `${numberOf(shown)} of ${numberOf(rows.length)} rows` : `${numberOf(rows.length)} rows`;
      printed.textContent = shown < rows.length ? `${count.textContent}${box.dataset.source ? `; all are in ${box.dataset.source}` : ""}.` : "";
      unfold.textContent = open ? `Show ${most} rows only` : `Show all ${numberOf(found)} rows`;
      unfold.hidden = found <= most || rows.length <= most + 2;
      unfold.setAttribute("aria-expanded", String(open));
    };

    all("thead th", box).forEach((head, column) => {
      if (rows.length < 2) return;
      const button = make("button", "", head.textContent);
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => {
        // The first click on numbers shows the largest; the third brings the rows back as they came.
        const [first, second] = head.classList.contains("n") ? ["descending", "ascending"] : ["ascending", "descending"];
        const now = head.getAttribute("aria-sort");
        const next = now === null ? first : now === first ? second : null;
        for (const other of all("thead th", box)) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const sign = next === "descending" ? -1 : 1;
        const sorted = next === null ? rows : [...rows].sort((a, b) => {
          const [x, y] = [a.cells[column], b.cells[column]];
          return compare(x, y) === null ? (value(x) === "") - (value(y) === "") : sign * compare(x, y);
        });
        body.append(...sorted);
        show();
      });
    });

    if (rows.length > 5) {
      const controls = make("div", "controls", "");
      const filter = make("input", "", "");
      filter.type = "search";
      filter.placeholder = "Filter rows";
      filter.setAttribute("aria-label", `Filter rows: ${label}`);
      filter.addEventListener("input", () => { words = filter.value.trim().toLowerCase(); show(); });
      controls.append(filter, count);
      box.prepend(controls);
    }
    box.append(unfold, printed);
    show();
  }

  // Charts: each mark says its values, under the pointer and by the arrow keys.
  for (const chart of all(".chart")) {
    const tip = make("div", "tip", "");
    tip.hidden = true;
    chart.append(tip);
    const marks = all(".m", chart);
    for (const mark of marks) {
      mark.dataset.tip = mark.querySelector("title").textContent;
      mark.querySelector("title").remove(); // else the browser would show its own as well
    }
    const seen = () => marks.filter((mark) => mark.getClientRects().length > 0);
    let at = null;
    const leave = () => {
      at?.classList.remove("at");
      at = null;
      tip.hidden = true;
    };
    const enter = (mark) => {
      leave();
      at = mark;
      mark.classList.add("at");
      tip.textContent = mark.dataset.tip;
      tip.hidden = false;
      const [box, place] = [chart.getBoundingClientRect(), mark.getBoundingClientRect()];
      const left = place.left + place.width / 2 - box.left - tip.offsetWidth / 2;
      tip.style.left = `${Math.max(0, Math.min(left, box.width - tip.offsetWidth))}px`;
      const above = place.top - box.top - tip.offsetHeight - 6;
      tip.style.top = `${above >= 0 ? above : Math.min(place.bottom - box.top + 6, Math.max(box.height - tip.offsetHeight, 0))}px`;
    };
    chart.addEventListener("pointermove", (event) => {
      const mark = event.target.closest(".m");
      if (mark !== at) mark ? enter(mark) : leave();
    });
    chart.addEventListener("pointerleave", leave);
    if (marks.length === 0) continue;
    chart.tabIndex = 0;
    tip.setAttribute("role", "status");
    chart.addEventListener("blur", leave);
    chart.addEventListener("keydown", (event) => {
      const visible = seen();
      const index = visible.indexOf(at);
      const next = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index < 0 ? visible.length - 1 : index - 1, ArrowUp: index - 1, Home: 0, End: visible.length - 1 }[event.key];
      if (event.key === "Escape") leave();
      if (next === undefined || visible.length === 0) return;
      event.preventDefault();
      enter(visible[Math.max(0, Math.min(next, visible.length - 1))]);
    });
  }
})();
