/** How the exported page looks: the studio's own colours and sizes, light and dark, and on paper. */

export const pageStyle = `
:root { color-scheme: light dark; --background: light-dark(#f6f7f9, #0f1115); --panel: light-dark(#fff, #151821);
  --line: light-dark(#e3e6ec, #262b38); --text: light-dark(#161a22, #e7e9ee); --dim: light-dark(#4c5667, #a3acba);
  --accent: light-dark(#3b5bdb, #7c9cff); --run1: light-dark(#3b5bdb, #7c9cff); --run2: light-dark(#b45309, #f5a524);
  --run3: light-dark(#0f766e, #4fd1c5); --run4: light-dark(#9d174d, #f472b6); --run5: light-dark(#57620a, #c9d64b);
  --run6: light-dark(#4b5563, #cbd5e1); }
* { box-sizing: border-box; }
body { max-width: 1200px; margin: 0 auto; padding: 32px; background: var(--background); color: var(--text);
  font: 14px/1.5 ui-sans-serif, system-ui, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 20px; } h2 { margin: 32px 0 8px; font-size: 16px; }
p { margin: 0 0 8px; } .quiet { color: var(--dim); }
section { padding: 16px; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 16px; }
.runs { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0; }
i { display: inline-block; width: 12px; height: 12px; margin-right: 8px; border-radius: 3px; }
i.run1 { background: var(--run1); } i.run2 { background: var(--run2); } i.run3 { background: var(--run3); }
i.run4 { background: var(--run4); } i.run5 { background: var(--run5); } i.run6 { background: var(--run6); }
path { fill: none; stroke-width: 1.5; } path.run1 { stroke: var(--run1); } path.run2 { stroke: var(--run2); }
path.run3 { stroke: var(--run3); } path.run4 { stroke: var(--run4); } path.run5 { stroke: var(--run5); } path.run6 { stroke: var(--run6); }
svg { display: block; width: 100%; } svg line { stroke: var(--line); } svg text { fill: var(--dim); font-size: 11px; }
table { width: 100%; border-collapse: collapse; } th, td { padding: 6px 12px; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-top: 0; } th { font-weight: 600; } tbody th { color: var(--dim); font-weight: 400; }
.figures td, .figures thead th + th { text-align: right; }
.grids { table-layout: fixed; } .grids th:first-child { width: 112px; }
img { display: block; width: 100%; max-width: 240px; image-rendering: pixelated; border-radius: 4px; }
@media print { body { padding: 0; } section { break-inside: avoid; } }
`;
