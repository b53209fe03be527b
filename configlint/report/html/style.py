"""The style of the page. It stands in the page itself, which fetches nothing."""

STYLE = r"""
:root {
  color-scheme: light dark;
  --back: #f5f6f8; --card: #fff; --soft: #f1f3f6; --line: #d7dce3; --edge: #8a94a3; --text: #1b2029; --dim: #586274;
  --error: #b3261e; --warning: #855800; --info: #00639b; --unverifiable: #6f3fa8; --glow: #1a5fd0;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #101318; --card: #181c23; --soft: #20252e; --line: #343c49; --edge: #6d7889; --text: #e6e9ee;
    --dim: #9ba6b7; --error: #ff8a80; --warning: #f2c14e; --info: #7cc7ff; --unverifiable: #cfa8ff; --glow: #8ab4ff;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; max-width: 108rem; padding: 1.5rem clamp(.75rem, 2vw, 2rem) 4rem; background: var(--back);
  color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
:focus-visible { outline: 2px solid var(--glow); outline-offset: 2px; }
code, .path, pre, kbd { font-family: var(--mono); }
pre, .canvas, .pictures { scrollbar-width: thin; scrollbar-color: var(--edge) transparent; }

.error { --level: var(--error); } .warning { --level: var(--warning); } .info { --level: var(--info); }
.unverifiable { --level: var(--unverifiable); }
.tag { color: var(--level); font-weight: 650; }

header { margin-bottom: 1rem; }
header p { margin: .15rem 0; color: var(--dim); overflow-wrap: anywhere; }
.keys { float: right; }
h1 { font-size: clamp(1.25rem, 2.4vw, 1.7rem); line-height: 1.25; margin: .1rem 0 .3rem; letter-spacing: -.01em; }
header details { color: var(--dim); margin-top: .2rem; }
summary { cursor: pointer; }

form { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center;
  padding: .6rem 0; margin-bottom: .6rem; background: var(--back); border-bottom: 1px solid var(--line); }
input[type=search], select, button { font: inherit; padding: .3rem .6rem; color: inherit; background: var(--card);
  border: 1px solid var(--edge); border-radius: .4rem; }
input[type=search] { flex: 1 1 10rem; min-width: 0; }
select { max-width: 11.5rem; text-overflow: ellipsis; }
button { cursor: pointer; }
fieldset { display: flex; flex-wrap: wrap; gap: .2rem .9rem; border: 0; margin: 0; padding: 0; }
.away { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
fieldset label { white-space: nowrap; cursor: pointer; }
fieldset input { accent-color: var(--level); vertical-align: -1px; }
output, .name, .keys { color: var(--dim); font-size: .85rem; }
kbd { font-size: .78rem; padding: 0 .3rem; border: 1px solid var(--line); border-radius: .2rem; }

main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.2rem; align-items: start; }
h2 { display: inline; font-size: 1.05rem; margin: 0; }
.picture { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .8rem 1rem; }
.picture + .picture { margin-top: 1rem; }
.canvas { overflow-x: auto; margin-top: .7rem; border-radius: .3rem; }
.canvas svg { display: block; width: 100%; min-width: 46rem; max-width: 58rem; height: auto; margin: 0 auto; }
.rest { color: var(--dim); margin: .4rem 0 0; font-size: .87rem; }

.heading { fill: var(--dim); font-size: 12.5px; font-weight: 600; }
.node rect { fill: var(--card); stroke: var(--edge); stroke-width: 1; }
.node text { fill: var(--text); font: 600 12px var(--mono); }
.node .note { fill: var(--dim); font-weight: 400; font-size: 10.8px; }
.node[data-column="1"] rect { fill: var(--soft); }
.of-program rect, .of-address[data-column="2"] rect { stroke-dasharray: 3 3; }
.node.error rect, .node.warning rect { stroke: var(--level); stroke-width: 1.8; }
.node { cursor: pointer; outline: none; }
.node:focus-visible rect, .node.on rect { stroke: var(--glow); stroke-width: 2.4; }
.node.error.on rect, .node.warning.on rect { stroke: var(--level); stroke-width: 2.8; }
.node:focus-visible rect { filter: drop-shadow(0 0 3px var(--glow)); }
.link path { fill: none; stroke: var(--edge); stroke-width: 1.3; }
.link.warning path, .link.error path { stroke: var(--level); stroke-width: 2.2; }
.link.faded { opacity: .55; }
.link.faded path:first-child { stroke-dasharray: 4 4; }
.link circle { fill: var(--card); stroke: var(--level); stroke-width: 1.6; }
.link.on path:first-child { stroke-width: 3; }
.link.on:not(.error):not(.warning) path { stroke: var(--glow); }
.lit .link:not(.on) { opacity: .13; }
.lit .node:not(.on) { opacity: .38; }
.link, .node { transition: opacity .12s; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 0; padding: 0; list-style: none;
  color: var(--dim); font-size: .85rem; }
.legend svg { width: 2.3rem; height: .9rem; margin-right: .4rem; vertical-align: -2px; }

.cards { margin-top: .8rem; border-top: 1px solid var(--line); }
.card { border-bottom: 1px solid var(--line); padding: .35rem 0; font-size: .9rem; overflow-wrap: anywhere; }
.card.on { background: var(--soft); box-shadow: -.6rem 0 var(--soft), .6rem 0 var(--soft); }
.card summary code { font-weight: 600; }
.said, .card p, .card em { color: var(--dim); }
.card p { margin: .2rem 0 .3rem 1.2rem; }
.card ol { list-style: none; margin: .35rem 0 0 .35rem; padding: 0; border-left: 2px solid var(--line); }
.card li { position: relative; padding: .05rem 0 .05rem .9rem; }
.card li::before { content: ""; position: absolute; left: -5px; top: .55em; width: 8px; height: 8px;
  border-radius: 50%; background: var(--dot); box-shadow: 0 0 0 2px var(--card); }
.card li.faded, .card li.faded code { color: var(--dim); }
.card li.faded::before { background: var(--card); border: 2px solid var(--dot); }
.card li { --dot: var(--edge); }
.card li.error, .card li.warning { --dot: var(--level); }
.card li.error em, .card li.warning em { color: var(--level); font-style: normal; font-weight: 600; }

article { margin: 0 0 .9rem; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: .3rem solid var(--level); border-radius: .5rem; scroll-margin-top: 5rem; }
article.on { box-shadow: 0 0 0 2px var(--level); }
h3 { display: flex; flex-wrap: wrap; gap: 0 .6rem; font-size: .85rem; font-weight: 400; margin: 0; color: var(--dim); }
.rule { font-family: var(--mono); }
.message { margin: .1rem 0 .6rem; font-weight: 600; overflow-wrap: anywhere; }
.path { color: var(--dim); font-size: .82rem; overflow-wrap: anywhere; }
pre { margin: .2rem 0 .7rem; padding: .5rem .7rem; overflow-x: auto; background: var(--soft); border-radius: .35rem;
  font-size: .8rem; line-height: 1.45; }
.number { color: var(--dim); user-select: none; }
mark { color: inherit; background: none; border-bottom: 2px solid var(--dim); }
mark.primary { border-color: var(--level); font-weight: 700; }
.label { color: var(--dim); } .label.primary { color: var(--level); }
.note { margin: .2rem 0; overflow-wrap: anywhere; }
.none { color: var(--dim); }

@media (min-width: 75rem) {
  main:has(.pictures):has(.findings) { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .pictures:has(+ .findings) { position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto; }
}
@media (max-width: 40rem) {
  body { font-size: 14.5px; }
  form { position: static; }
  input[type=search] { flex-basis: 100%; }
  .keys { display: none; }
  select { flex: 1 1 40%; max-width: none; min-width: 0; }
  .picture { padding: .7rem; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
@media (prefers-contrast: more) { :root { --edge: var(--text); --dim: var(--text); } }
@media print {
  body { background: none; font-size: 11px; padding: 0; max-width: none; }
  form, .legend { display: none; }
  main, main:has(.pictures):has(.findings) { display: block; }
  .pictures, .pictures:has(+ .findings) { position: static; max-height: none; overflow: visible; }
  .canvas svg { min-width: 0; }
  article, .card { break-inside: avoid; }
  article, .picture { box-shadow: none; margin-bottom: .8rem; }
}
"""
