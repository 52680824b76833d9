/** Style sheet of the HTML report: light, dark and print; one column on a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfbfa; --card: #ffffff; --ink: #1c2024; --quiet-ink: #5b6470; --line: #e3e5e8; --grid: #e6e8eb;
  --accent: #0b7a63; --doubt: #8a5300; --doubt-paper: #fff6e5;
  --sync: #8b929c; --async: #d18a00; --threads-locked: #c8475f; --processes: #3569d4; --threads: #0f9a7c;
  --compute: #3b7a99; --lock-wait: #c8475f; --overhead: #c9ced6; --queued: #d9c48f; --idle: #eef0f2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #111417; --card: #191d21; --ink: #e9ecef; --quiet-ink: #9aa4af; --line: #2a3037; --grid: #2a3037;
    --accent: #3fcfae; --doubt: #f0b95c; --doubt-paper: #2b2313;
    --sync: #8b95a1; --async: #edb13f; --threads-locked: #f0768c; --processes: #6f9cff; --threads: #35c9a5;
    --compute: #6db4d6; --lock-wait: #f0768c; --overhead: #525c67; --queued: #7d6a35; --idle: #23292f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1120px; margin: 0 auto; padding: 48px 24px 80px; }
h1 { font-size: clamp(1.7rem, 4.5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 56px 0 6px; }
h3 { font-size: 0.95rem; margin: 0 0 10px; }
p { margin: 0 0 12px; max-width: 72ch; }
.quiet { color: var(--quiet-ink); }
.answer { margin: 32px 0 0; padding: 28px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
.answer .label { font-size: 0.8rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; color: var(--accent); }
.answer strong { display: block; font-size: clamp(1.5rem, 5vw, 2.2rem); line-height: 1.2; letter-spacing: -0.02em; margin: 4px 0 12px; }
.answer .lead { font-size: 1.1rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 20px; margin: 24px 0 0; }
.figures div { border-top: 2px solid var(--line); padding-top: 10px; }
.figures dt { font-size: 0.8rem; color: var(--quiet-ink); }
.figures dd { margin: 0; font-size: 1.35rem; font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 18px; list-style: none; margin: 12px 0 4px; padding: 0; font-size: 0.85rem; color: var(--quiet-ink); }
.legend svg { margin-right: 6px; vertical-align: -1px; print-color-adjust: exact; }
nav ol { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 24px 0 0; padding: 0; font-size: 0.9rem; }
nav a { color: var(--accent); }
pre { overflow-x: auto; padding: 14px 18px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); font-size: 0.85rem; }
pre code { white-space: pre-wrap; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 16px; margin: 16px 0 8px; }
figure { margin: 0; padding: 18px 18px 12px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
@media (min-width: 860px) { figure:only-child { display: grid; grid-template-columns: 5fr 7fr; gap: 48px; align-items: start; } }
/* A chart without a table beside it. */
figure:only-child:has(> div:only-child) { display: block; max-width: 560px; }
section > .scroll caption { position: absolute; clip-path: inset(50%); }
details { margin: 8px 0; }
summary { cursor: pointer; font-size: 0.85rem; color: var(--quiet-ink); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; margin: 12px 0; min-width: 40%; }
caption { text-align: left; font-size: 0.85rem; color: var(--quiet-ink); padding-bottom: 6px; }
th, td { padding: 7px 0; padding-right: 14px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td, thead th:not(:first-child) { white-space: nowrap; }
.words td { white-space: normal; }
.numbers td:not(:first-child), .numbers thead th:not(:first-child) { text-align: right; padding: 7px 0 7px 14px; }
thead th { font-weight: 600; color: var(--quiet-ink); font-size: 0.8rem; }
tbody th { font-weight: 600; white-space: nowrap; }
.doubts { padding: 16px 20px; border-radius: 12px; background: var(--doubt-paper); }
.doubts dt { font-weight: 600; color: var(--doubt); font-size: 0.9rem; }
.doubts dd { margin: 0 0 8px; font-size: 0.9rem; }
footer { margin-top: 64px; border-top: 1px solid var(--line); padding-top: 20px; font-size: 0.85rem; color: var(--quiet-ink); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 560px) {
  main { padding: 28px 16px 56px; }
  .answer { padding: 20px; }
  /* Columns of sentences have no room beside one another. */
  .words thead { position: absolute; clip-path: inset(50%); }
  .words tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }
  .words th, .words td { display: block; padding: 1px 0; border: 0; }
  .words td::before { content: attr(data-head) ": "; color: var(--quiet-ink); }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --quiet-ink: #444; --line: #ccc; --grid: #ddd; --accent: #0b6b57; }
  main { padding: 0; max-width: none; }
  h2, summary { break-after: avoid; }
  .scroll { overflow: visible; }
  /* In print, collapsed parts are shown and wide parts are not scrollable. */
  details::details-content { content-visibility: visible; }
  figure:only-child { display: block; }
  table, thead th { font-size: 0.5rem; }
  td, thead th:not(:first-child), tbody th { white-space: normal; overflow-wrap: anywhere; }
  .numbers td:not(:first-child), .numbers thead th:not(:first-child) { padding: 3px 0 3px 5px; }
}
`;
