"""The script of the page, which reads without it: filters, and light on what belongs together."""

SCRIPT = r"""
"use strict";

const all = selector => [...document.querySelectorAll(selector)];
const words = text => text.split(" ").filter(Boolean);
const form = document.querySelector("form");
const findings = all("article"), nodes = all("g.node"), links = all("g.link[data-from]"), cards = all(".card");
const areas = all(".canvas");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let chosen = "";  // the id of the finding or node that stays lit

const shown = () => findings.filter(article => !article.hidden);
const of = id => element => words(element.dataset.findings).includes(id);

function filter() {
  const { text, rule, file } = form.elements;
  const wanted = words(text.value.toLowerCase());
  const levels = all("[name=level]:checked").map(box => box.value);
  for (const article of findings) {
    const { level, files } = article.dataset;
    const content = article.textContent.toLowerCase();
    article.hidden = !levels.includes(level) || (rule.value && rule.value !== article.dataset.rule)
      || (file.value && !files.split("\n").includes(file.value)) || !wanted.every(word => content.includes(word));
  }
  const count = shown().length;
  document.querySelector("#count").textContent = `${count} of ${findings.length}`;
  for (const none of all(".none")) none.hidden = count > 0;
}

// What belongs to a node: its own links, and on the other side of its values what they lead to.
function around(node) {
  const own = links.filter(link => [link.dataset.from, link.dataset.to].includes(node.id));
  const steps = new Set(own.map(link => link.dataset.step));
  const values = new Set(node.dataset.column === "1" ? [node.id] : own.flatMap(link => words(link.dataset.values)));
  const carries = link => words(link.dataset.values).some(value => values.has(value));
  return links.filter(link => own.includes(link) || (!steps.has(link.dataset.step) && carries(link)));
}

function light(id) {
  const on = new Set();
  const element = id && document.getElementById(id);
  if (element && element.matches("article")) {
    on.add(element);
    [...links, ...nodes, ...cards].filter(of(id)).forEach(one => on.add(one));
  } else if (element) {
    on.add(element);
    for (const link of around(element)) {
      on.add(link).add(document.getElementById(link.dataset.from)).add(document.getElementById(link.dataset.to));
    }
    words(element.dataset.findings).forEach(finding => on.add(document.getElementById(finding)));
    cards.filter(card => card.dataset.node === id).forEach(card => on.add(card));
  }
  for (const one of [...findings, ...links, ...nodes, ...cards]) one.classList.toggle("on", on.has(one));
  for (const area of areas) area.classList.toggle("lit", Boolean(area.querySelector(".on")));
}

function choose(id) {
  chosen = id;
  light(id);
  for (const node of nodes) node.setAttribute("aria-pressed", String(node.id === id));
  write();
}

function visit(element) {
  const folded = element.closest("details.picture");
  if (folded) folded.open = true;
  element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

// A finding that is chosen shows its places, a node its first finding and its card.
function follow(id) {
  const element = document.getElementById(id);
  if (element.matches("article")) {
    const node = nodes.find(of(id));
    if (node) visit(node);
  } else {
    const card = cards.find(one => one.dataset.node === id);
    if (card) card.open = true;
    const first = shown().find(article => words(element.dataset.findings).includes(article.id));
    if (first) visit(first);
  }
}

function toggle(id) {
  choose(chosen === id ? "" : id);
  if (chosen) follow(chosen);
}

// The state stands in the address, so that it can be passed on.
function write() {
  const { text, rule, file } = form.elements;
  const state = new URLSearchParams();
  for (const field of [text, rule, file]) if (field.value) state.set(field.name, field.value);
  const hidden = all("[name=level]:not(:checked)").map(box => box.value);
  if (hidden.length) state.set("hide", hidden.join(" "));
  if (chosen) state.set("show", chosen);
  history.replaceState(null, "", `#${state}`);
}

function read() {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const name of ["text", "rule", "file"]) {
    const field = form.elements[name];
    field.value = state.get(name) || "";
    if (field.selectedIndex < 0) field.value = "";
  }
  const hidden = words(state.get("hide") || "");
  for (const box of all("[name=level]")) box.checked = !hidden.includes(box.value);
  const element = document.getElementById(state.get("show") || "");
  chosen = element && element.matches("article, g.node") ? element.id : "";
  filter();
  light(chosen);
  if (!chosen) return;
  visit(element);
  follow(chosen);
}

function walk(step) {
  const list = shown();
  if (!list.length) return;
  const at = list.findIndex(article => article === document.activeElement || article.id === chosen);
  const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)];
  next.focus({ preventScroll: true });
  visit(next);
  choose(next.id);
  follow(next.id);
}

// Arrows lead from a node to the nearest one in that direction.
function step(from, key) {
  const box = from.getBoundingClientRect();
  const middle = one => one.getBoundingClientRect().y;
  const column = Number(from.dataset.column) + ({ ArrowLeft: -1, ArrowRight: 1 }[key] || 0);
  const within = [...from.ownerSVGElement.querySelectorAll(".node")].filter(one => one !== from);
  const fitting = within.filter(one => Number(one.dataset.column) === column
    && (key === "ArrowUp" ? middle(one) < box.y : key === "ArrowDown" ? middle(one) > box.y : true));
  fitting.sort((one, other) => Math.abs(middle(one) - box.y) - Math.abs(middle(other) - box.y));
  if (fitting.length) enter(fitting[0]);
}

// Of each picture one node is in the order of the tab key.
function reachable(node) {
  for (const one of node.ownerSVGElement.querySelectorAll(".node")) one.tabIndex = one === node ? 0 : -1;
}

function enter(node) {
  reachable(node);
  node.focus();
}

function clear() {
  form.reset();
  choose("");
  filter();
  write();
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  const typing = target.matches("input[type=search], select");
  if (event.key === "Escape") {
    if (typing) target.blur();
    clear();
  } else if (typing) return;
  else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
  else if (event.key === "/") { event.preventDefault(); form.elements.text.focus(); }
  else if (target.matches("g.node")) {
    if (event.key.startsWith("Arrow")) { event.preventDefault(); step(target, event.key); }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(target.id); }
  }
}

for (const node of nodes) {
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", node.querySelector("title").textContent);
  node.addEventListener("click", () => {
    enter(node);
    toggle(node.id);
  });
  node.addEventListener("focus", () => light(node.id));
  node.addEventListener("blur", () => light(chosen));
}
for (const svg of all(".canvas svg")) reachable(svg.querySelector(".node"));
for (const one of [...nodes, ...findings]) {
  one.addEventListener("mouseenter", () => light(one.id));
  one.addEventListener("mouseleave", () => light(chosen));
}
for (const card of cards) {
  card.addEventListener("mouseenter", () => light(card.dataset.node));
  card.addEventListener("mouseleave", () => light(chosen));
}
for (const article of findings) {
  article.addEventListener("click", () => {
    if (String(getSelection())) return;
    toggle(article.id);
  });
}
form.addEventListener("input", () => { filter(); write(); });
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => { choose(""); filter(); }));
document.addEventListener("keydown", key);
addEventListener("hashchange", read);
form.hidden = document.querySelector(".keys").hidden = findings.length === 0;
read();
"""
