/**
 * The style of a report, in one line. It has none of the characters that HTML escapes, so that what stands in the document is what its
 * security policy has the digest of.
 *
 * @internal
 */
export const STYLE: string = `
:root { color-scheme: light dark; --ground: #ffffff; --panel: #f5f7f9; --ink: #1b222b; --quiet: #545e6b; --line: #d5dbe2; --accent: #0b5394; --bad: #b3261e; --soon: #8a4b00; --good: #17663a; --bar: #5b8fc4; }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #10151b; --panel: #18202a; --ink: #e4e9ef; --quiet: #a3adb9; --line: #303a46; --accent: #86bdf5; --bad: #ff9c92; --soon: #f2b866; --good: #7fd6a1; --bar: #4f86bd; } }
@media print { :root { color-scheme: light; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3rem; }
footer { margin-top: 4rem; padding-top: 1rem; padding-bottom: 3rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
section { margin-top: 3.5rem; }
h1 { margin: 0.25rem 0 0.5rem; font-size: 2.25rem; line-height: 1.15; font-weight: 650; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { margin: 0 0 0.5rem; padding-top: 1.25rem; border-top: 2px solid var(--ink); font-size: 1.375rem; line-height: 1.25; font-weight: 650; }
h3 { margin: 2rem 0 0.5rem; font-size: 1rem; line-height: 1.35; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0.5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, Liberation Mono, monospace; font-size: 0.875em; overflow-wrap: anywhere; unicode-bidi: isolate; }
.quiet { color: var(--quiet); }
.kicker { margin: 0; color: var(--quiet); font-size: 0.875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1.5rem 0 0; padding: 0; list-style: none; font-size: 0.9375rem; }
nav a { display: inline-block; padding: 0.25rem 0; }
.verdict { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; margin: 1.5rem 0 0; padding: 1.25rem 1.5rem; border-left: 4px solid var(--good); background: var(--panel); }
.verdict.error { border-color: var(--bad); }
.verdict.warning { border-color: var(--soon); }
.verdict p { margin: 0; }
.verdict strong { display: block; font-size: 1.25rem; line-height: 1.3; }
.error strong, .level-error, .ended { color: var(--bad); }
.warning strong, .level-warning, .soon { color: var(--soon); }
.sound strong { color: var(--good); }
.level-error, .level-warning, .ended, .soon { font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); gap: 0.375rem 1.5rem; margin: 1rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul, td ul { margin: 0; padding: 0; list-style: none; }

.scroll { overflow-x: auto; margin: 1rem 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; line-height: 1.45; }
caption { padding: 0 0 0.5rem; color: var(--quiet); font-size: 0.875rem; text-align: left; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: 0.8125rem; border-bottom-color: var(--quiet); vertical-align: bottom; }
tbody th[scope=rowgroup] { padding-top: 1.5rem; font-weight: 650; }
tbody th[scope=row] { min-width: 7rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.whole { white-space: nowrap; }
.wide { min-width: 16rem; }
td.digest { min-width: 18rem; }
table code { white-space: nowrap; }
td.digest code, td.wide code, th.wide code { white-space: normal; }
figure { margin: 1.5rem 0; }
figure .scroll { margin: 0; }
figcaption { margin-top: 0.5rem; color: var(--quiet); font-size: 0.875rem; }
svg { display: block; height: auto; font: 13px system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif; }
svg text { fill: var(--ink); }
svg .quiet { fill: var(--quiet); }
svg .name { font-weight: 600; font-size: 14px; }
svg .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, Liberation Mono, monospace; font-size: 12px; }
svg .frame { fill: none; stroke: var(--line); }
svg .card { fill: var(--panel); stroke: var(--line); }
svg .absent { fill: none; stroke: var(--quiet); stroke-dasharray: 4 4; }
svg .wire { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
svg .plain { stroke-dasharray: 5 4; }
svg .tip { fill: var(--quiet); }
svg .rule { stroke: var(--line); }
svg .now { stroke: var(--accent); stroke-width: 1.5; }
svg .now-text { fill: var(--accent); }
svg .bar { fill: var(--bar); }
svg .bar.authority { fill: var(--quiet); }
svg .bar.soon { fill: var(--soon); }
svg .bar.ended { fill: none; stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg text.ended { fill: var(--bad); }
svg text.soon { fill: var(--soon); }
article { padding: 0.25rem 0 1rem; border-bottom: 1px solid var(--line); }
article h3 { margin-top: 1.25rem; }
h3 .quiet { margin-left: 0.375rem; font-weight: 400; }
.finding h3 { margin-bottom: 0.25rem; }
@media (max-width: 40rem) { header, main, footer { padding-left: 1rem; padding-right: 1rem; } header { padding-top: 2rem; } h1 { font-size: 1.75rem; } dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: 0.625rem; } th, td { min-width: 6rem; } }
@page { margin: 16mm 14mm; }
@media print { body { font-size: 9.5pt; } header, main, footer { max-width: none; padding: 0; } section { margin-top: 2rem; } nav { display: none; } a { color: inherit; text-decoration: none; } h2, h3, caption { break-after: avoid; } article, figure, tr, .verdict { break-inside: avoid; } .long { break-inside: auto; } .scroll { overflow: visible; } table { font-size: 8pt; } caption, figcaption { font-size: 8pt; } thead th { font-size: 7.5pt; } th, td { padding-right: 0.5rem; } td, th, td.digest, .wide, tbody th[scope=row] { min-width: 0; overflow-wrap: anywhere; } thead th, tbody th[scope=row] { overflow-wrap: break-word; } .whole, .number { white-space: normal; } table code { white-space: normal; } svg { max-width: 100%; } .verdict { border: 1px solid var(--line); border-left-width: 4px; } }
`
  .replaceAll('\n', ' ')
  .trim();
