"""The style and the script of the HTML page. Both stand in the page itself, which fetches nothing."""

STYLE = """
:root { color-scheme: light dark; --back: #fff; --soft: #f4f5f7; --line: #d9dce1; --text: #1d2129; --dim: #5d6675;
  --error: #b3261e; --warning: #8a5a00; --info: #00639b; --unverifiable: #6f3fa8; }
@media (prefers-color-scheme: dark) { :root { --back: #14171c; --soft: #1d2229; --line: #343b46; --text: #e4e7ec;
  --dim: #98a2b3; --error: #ff8a80; --warning: #f5c04a; --info: #7cc7ff; --unverifiable: #cfa8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0; }
.verdict { font-size: 1.1rem; margin: .3rem 0; }
.said { color: var(--dim); margin: 0 0 1rem; padding-left: 1.2rem; }
form { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center;
  padding: .7rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
input[type=search], select { font: inherit; padding: .25rem .5rem; color: inherit; background: var(--soft);
  border: 1px solid var(--line); border-radius: .3rem; }
input[type=search] { flex: 1 1 14rem; }
kbd { font-size: .8rem; padding: 0 .3rem; border: 1px solid var(--line); border-radius: .2rem; }
article { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--level);
  border-radius: .3rem; scroll-margin-top: 4.5rem; }
article:focus { outline: 2px solid var(--level); }
.error { --level: var(--error); } .warning { --level: var(--warning); } .info { --level: var(--info); }
.unverifiable { --level: var(--unverifiable); }
article h2 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
.tag { color: var(--level); font-weight: 600; }
.path { color: var(--dim); font: .85rem ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .2rem 0 .7rem; padding: .5rem .7rem; overflow-x: auto; background: var(--soft); border-radius: .3rem;
  font: .85rem/1.45 ui-monospace, monospace; }
.number { color: var(--dim); user-select: none; }
mark { color: inherit; background: none; border-bottom: 2px solid var(--dim); }
mark.primary { border-color: var(--level); font-weight: 600; }
.label { color: var(--dim); } .label.primary { color: var(--level); }
.note { margin: .2rem 0; overflow-wrap: anywhere; }
[hidden] { display: none; }
"""

SCRIPT = """
"use strict";
const form = document.querySelector("form");
const count = document.querySelector("#count");
const all = [...document.querySelectorAll("article")];
const shown = () => all.filter(article => !article.hidden);
function filter() {
  const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const rule = form.elements.rule.value;
  const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map(box => box.value));
  for (const article of all) {
    const text = article.textContent.toLowerCase();
    article.hidden = !levels.has(article.dataset.level) || (rule && rule !== article.dataset.rule)
      || !words.every(word => text.includes(word));
  }
  count.textContent = shown().length + " of " + all.length;
}
function move(step) {
  const list = shown();
  if (!list.length) return;
  const at = list.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
  list[next].focus();
}
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input[type=search], select");
  if (event.key === "Escape" && typing) { form.elements.text.value = ""; event.target.blur(); filter(); }
  if (typing) return;
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
  if (event.key === "/") { event.preventDefault(); form.elements.text.focus(); }
});
form.hidden = all.length === 0;
filter();
"""
