/** How a report looks on a desk, a phone and paper. Its only style: no element has one of its own, so a strict policy can name this text by its hash. */
export const style = `
:root { --ink: #1f2937; --soft: #6b7280; --rule: #e5e7eb; --pale: #f6f8fc; --main: #2f6fde; --good: #0f7a4d; --bad: #b42b14; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #eef1f6; color: var(--ink); font: 15px/1.6 "Noto Sans SC", "PingFang SC", "PingFang TC", "Microsoft YaHei", "Microsoft JhengHei", "Noto Sans CJK SC", system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
body:lang(en) { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"; }
main { max-width: 860px; margin: 24px auto; padding: 40px 40px 48px; background: #fff; box-shadow: 0 1px 4px rgb(15 23 42 / 12%); }
.top { display: flex; flex-wrap: wrap; gap: 2px 24px; justify-content: space-between; padding-bottom: 8px; border-bottom: 1px solid var(--rule); font-size: 13px; color: var(--soft); }
.top span span { margin-left: 20px; }
h1 { margin: 20px 0 2px; font-size: 28px; line-height: 1.25; }
.subtitle { margin: 0 0 14px; font-size: 16px; color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 18px; font-size: 13px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.standing { display: flex; gap: 14px; align-items: baseline; margin: 0 0 18px; padding: 10px 14px; border: 1px solid var(--bad); border-radius: 4px; font-size: 14px; }
.standing strong { flex: none; color: var(--bad); font-size: 16px; }
.highlights { margin: 0 0 8px; padding: 14px 18px; border-left: 4px solid var(--main); background: var(--pale); }
.highlights h2 { margin: 0 0 4px; font-size: 14px; color: var(--soft); font-weight: 400; }
.highlights p { margin: 2px 0; font-size: 16px; }
.highlights .quiet { font-weight: 700; }
section { margin-top: 32px; }
h2 { margin: 0 0 10px; font-size: 18px; line-height: 1.35; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 18px 16px; margin: 0 0 18px; }
.tile { min-width: 0; }
.tile .name { font-size: 13px; color: var(--soft); }
.tile .value { font-size: 22px; font-weight: 700; line-height: 1.35; }
.tile .change { font-size: 13px; }
.tile .n { margin-left: 8px; color: var(--soft); }
.chart { margin: 6px 0; overflow-x: auto; }
.chart svg { display: block; width: 100%; min-width: 560px; height: auto; }
.scroll { overflow-x: auto; margin: 8px 0; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.45; }
th, td { padding: 6px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: 2px; }
th:last-child, td:last-child { padding-right: 2px; }
th { font-weight: 700; white-space: nowrap; border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
td { white-space: nowrap; }
td.wide { white-space: normal; min-width: 8em; width: 100%; overflow-wrap: anywhere; }
.shared td.wide { width: 50%; min-width: 10em; }
.number { text-align: right; }
.dense th, .dense small span { white-space: normal; word-break: keep-all; }
.dense { font-size: 13px; }
.dense th + th, .dense td + td { padding-left: 5px; padding-right: 5px; }
.dense td.wide { min-width: 6em; }
td small { display: block; color: var(--soft); font-size: 12px; }
td small span { display: inline-block; }
details { margin: 6px 0; }
summary { font-size: 13px; color: var(--main); cursor: pointer; }
tr.total td { font-weight: 700; border-top: 1.5px solid var(--ink); }
.few, .absent { color: #868e9b; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.note { margin: 6px 0; font-size: 13px; color: var(--soft); }
.definitions { margin: 10px 0 0; font-size: 12px; line-height: 1.55; color: var(--soft); }
.definitions p { margin: 1px 0; }
.suggestions { margin: 8px 0; padding: 0; list-style: none; }
.suggestions li { margin: 0 0 10px; padding: 10px 14px; border: 1px solid var(--rule); border-radius: 4px; }
.suggestions footer { margin-top: 4px; font-size: 12px; color: var(--soft); }
.mark { display: inline-block; margin-right: 10px; padding: 0 7px; border: 1px solid var(--soft); border-radius: 9px; }
.box { border: 1px solid #9ca3af; border-radius: 2px; }
.box .prompt { padding: 6px 12px; border-bottom: 1px solid #9ca3af; background: #f3f4f6; font-size: 13px; }
.box .text { min-height: 110px; padding: 10px 12px; white-space: pre-wrap; }
.box .empty { color: var(--soft); font-size: 13px; }
.signatures { display: grid; grid-template-columns: repeat(3, 1fr); margin-top: 36px; border: 1px solid #6b7280; break-inside: avoid; }
.signatures > div { min-height: 92px; padding: 8px 12px; display: flex; flex-direction: column; }
.signatures > div + div { border-left: 1px solid #6b7280; }
.signatures .role { font-size: 13px; }
.signatures .who { flex: 1; font-size: 16px; padding: 2px 0; }
.signatures .when { font-size: 12px; color: var(--soft); }
@media (max-width: 640px) {
  main { margin: 0; padding: 20px 16px 32px; box-shadow: none; }
  h1 { font-size: 23px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .signatures { grid-template-columns: 1fr; }
  .signatures > div + div { border-left: 0; border-top: 1px solid #6b7280; }
  .top span span { margin: 0 14px 0 0; }
  table { font-size: 13px; }
  th + th, td + td { padding-left: 4px; padding-right: 4px; }
  th, td, td small span { white-space: normal; }
  th, td.number { word-break: keep-all; }
  td.wide, .shared td.wide { width: auto; min-width: 5em; }
  td small span { display: inline; }
  .dense { font-size: 12px; }
  .dense td.wide { min-width: 5em; }
}
@media print {
  @page { size: A4; margin: 16mm 15mm; }
  body { background: #fff; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  table { font-size: 9pt; }
  details { display: none; }
  .chart, .scroll { overflow: visible; }
  .chart svg { min-width: 0; }
  .chart, .box, .suggestions li, tr, .highlights { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  td small { font-size: 8pt; }
}
`
