// Follows one name through the map: what it is made of and what is made of it stay, the rest goes; the columns close up.
(() => {
  const map = document.querySelector("svg.lineage");
  if (!map) return;
  const COLUMN = 164, ROW = 24, WIDTH = 140, HEIGHT = 19, TOP = 26;
  const nodes = new Map([...map.querySelectorAll(".node")].map((node) => [node.getAttribute("href").slice(1), node]));
  const edges = [...map.querySelectorAll(".edge")];
  const heads = [...map.querySelectorAll(".layer")];
  const whole = { width: map.getAttribute("width"), height: map.getAttribute("height"), nodes: new Map(), edges: new Map(), heads: heads.map((head) => head.getAttribute("x")) };
  for (const node of nodes.values()) whole.nodes.set(node, node.getAttribute("transform"));
  for (const edge of edges) whole.edges.set(edge, edge.getAttribute("d"));

  const reach = (start, from, to) => {
    const found = new Set([start]);
    for (const id of found) for (const edge of edges) if (edge.dataset[from] === id) found.add(edge.dataset[to]);
    return found;
  };
  const size = (width, height) => {
    map.setAttribute("width", width);
    map.setAttribute("height", height);
    map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  };

  const bar = document.createElement("p");
  bar.className = "following";
  bar.hidden = true;
  bar.setAttribute("role", "status");
  map.parentElement.before(bar);

  const showAll = () => {
    bar.hidden = true;
    for (const [node, place] of whole.nodes) { node.setAttribute("transform", place); node.classList.remove("gone", "chosen"); }
    for (const [edge, line] of whole.edges) { edge.setAttribute("d", line); edge.classList.remove("gone", "lit"); }
    heads.forEach((head, i) => { head.setAttribute("x", whole.heads[i]); head.classList.remove("gone"); });
    size(whole.width, whole.height);
  };

  const follow = (id) => {
    showAll();
    const up = reach(id, "to", "from");
    const down = reach(id, "from", "to");
    const kept = [...nodes].filter(([name]) => up.has(name) || down.has(name));
    const layers = [...new Set(kept.map(([, node]) => Number(node.dataset.layer)))].sort((a, b) => a - b);
    const columns = layers.map((layer) => kept.filter(([, node]) => Number(node.dataset.layer) === layer));
    const tallest = Math.max(...columns.map((column) => column.length));
    const places = new Map();
    columns.forEach((column, x) => column.forEach(([name], y) => places.set(name, [x * COLUMN, TOP + y * ROW])));
    for (const [name, node] of nodes) {
      const place = places.get(name);
      node.classList.toggle("gone", !place);
      node.classList.toggle("chosen", name === id);
      if (place) node.setAttribute("transform", `translate(${place[0]} ${place[1]})`);
    }
    for (const edge of edges) {
      const [a, b] = [places.get(edge.dataset.from), places.get(edge.dataset.to)];
      const both = (up.has(edge.dataset.from) && up.has(edge.dataset.to)) || (down.has(edge.dataset.from) && down.has(edge.dataset.to));
      edge.classList.toggle("gone", !both);
      edge.classList.toggle("lit", both);
      if (!both) continue;
      const [x1, y1, x2, y2] = [a[0] + WIDTH, a[1] + HEIGHT / 2, b[0], b[1] + HEIGHT / 2];
      const bend = Math.max((x2 - x1) / 2, 16);
      edge.setAttribute("d", `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
    }
    heads.forEach((head, layer) => {
      head.classList.toggle("gone", !layers.includes(layer));
      head.setAttribute("x", layers.indexOf(layer) * COLUMN);
    });
    size(columns.length * COLUMN, TOP + tallest * ROW + 4);

    const name = nodes.get(id).querySelector("title").textContent;
    const entry = document.createElement("a");
    entry.href = `#${id}`;
    entry.textContent = name;
    const back = document.createElement("button");
    back.type = "button";
    back.className = "button";
    back.textContent = "Show all";
    back.addEventListener("click", showAll);
    bar.textContent = "";
    bar.append("Following ", entry, `: made of ${up.size - 1}, part of ${down.size - 1}. `, back);
    bar.hidden = false;
    nodes.get(id).scrollIntoView({ block: "nearest", inline: "center" });
  };

  for (const [id, node] of nodes) {
    node.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || node.classList.contains("chosen")) return; // a second click opens the entry
      event.preventDefault();
      follow(id);
    });
  }

  // A column of another table may lie in a fold.
  const unfold = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = place?.closest("details");
    if (!fold) return;
    fold.open = true;
    place.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Each entry leads back into the map.
  for (const article of document.querySelectorAll("article")) {
    if (!nodes.has(article.id)) continue;
    const link = document.createElement("a");
    link.href = "#map";
    link.textContent = "Lineage";
    link.addEventListener("click", () => follow(article.id));
    const place = article.querySelector(".behind");
    if (place) place.prepend(link);
    else {
      const row = document.createElement("div");
      row.className = "behind";
      row.append(link);
      article.append(row);
    }
  }
})();
