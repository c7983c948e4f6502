/** The look of the page that generates: the studio's colours and sizes, in one style sheet. */

export const pageStyle = `
:root {
  color-scheme: light dark;
  --background: light-dark(#f6f7f9, #0f1115);
  --panel: light-dark(#ffffff, #151821);
  --hover: light-dark(#eef0f4, #212633);
  --line: light-dark(#e3e6ec, #262b38);
  --edge: light-dark(#878f9d, #646d80);
  --text: light-dark(#161a22, #e7e9ee);
  --dim: light-dark(#4c5667, #a3acba);
  --accent: light-dark(#3b5bdb, #7c9cff);
  --on-accent: light-dark(#ffffff, #0b1020);
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
body {
  max-width: 1120px;
  margin: 0 auto;
  padding: 32px 24px 48px;
  background: var(--background);
  color: var(--text);
  font: 14px/1.5 ui-sans-serif, system-ui, "Segoe UI", "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, p, dl, dd, fieldset, figure { margin: 0; padding: 0; border: 0; min-width: 0; }
h1 { font-size: 20px; line-height: 28px; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2, legend { padding: 0; font-size: 14px; font-weight: 600; }
header { display: flex; align-items: center; gap: 12px; margin-bottom: 24px; }
header i {
  flex: none; width: 28px; height: 28px; border-radius: 8px;
  background: conic-gradient(from 220deg, #ff8a5c, #e59ac6, #5aa9ff, #ff8a5c);
}
header div { flex: 1; min-width: 0; }
.dim { color: var(--dim); }
.small { font-size: 12px; }
.panel { padding: 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.columns { display: grid; grid-template-columns: 352px minmax(0, 1fr); gap: 16px; align-items: start; }
.stack { display: grid; gap: 16px; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.row h2 { flex: 1; }
canvas { display: block; width: 100%; image-rendering: pixelated; border-radius: 4px; background: #000; }
button {
  min-height: 36px; padding: 0 14px; border: 1px solid var(--line); border-radius: 7px;
  background: var(--panel); color: var(--text); font: inherit; font-weight: 550; cursor: pointer;
}
button:hover { background: var(--hover); }
button:disabled { opacity: 0.5; cursor: default; }
.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.primary:hover { background: color-mix(in oklab, var(--accent) 88%, var(--text)); }
.quiet { min-height: 28px; padding: 0 8px; border-color: transparent; background: none; color: var(--dim); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
label.field { display: grid; gap: 4px; flex: 1; min-width: 96px; color: var(--dim); font-size: 12px; }
input[type="number"] {
  width: 100%; height: 36px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 6px;
  background: var(--panel); color: var(--text); font: 14px/1.5 inherit; font-family: inherit;
}
input[type="range"] { width: 100%; margin: 0; accent-color: var(--accent); }
.pills { display: flex; flex-wrap: wrap; gap: 4px; max-height: 144px; margin-top: 8px; overflow: auto; }
.pills input { position: absolute; opacity: 0; }
.pills span {
  display: block; padding: 3px 12px; border: 1px solid var(--line); border-radius: 999px;
  color: var(--dim); cursor: pointer;
}
.pills span:hover { color: var(--text); background: var(--hover); }
.pills input:checked + span { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.pills input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
.sliders { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 4px 24px; margin-top: 8px; }
.slider { display: grid; grid-template-columns: 92px minmax(0, 1fr) 44px; align-items: center; gap: 8px; min-height: 28px; color: var(--dim); font-size: 12px; }
.slider output { text-align: right; }
.samples { display: grid; gap: 4px; margin-top: 12px; }
.samples button { min-height: 0; padding: 0; border: 0; border-radius: 4px; background: none; }
.samples button[aria-pressed="true"] { outline: 2px solid var(--accent); outline-offset: 1px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 24px; margin-top: 8px; }
dt { color: var(--dim); }
dd { overflow-wrap: anywhere; }
noscript { display: block; margin-bottom: 16px; }
@media (max-width: 800px) {
  .columns, .sliders { grid-template-columns: minmax(0, 1fr); }
  dl { grid-template-columns: minmax(0, 1fr); }
  dd { margin-bottom: 8px; }
}
`;
