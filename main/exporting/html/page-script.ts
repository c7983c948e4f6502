/**
 * What the page that generates does when it is used. It runs in a browser only, of which the program's
 * own types know nothing, and so is text here; what can be wrong in numbers is in network.ts and
 * noise.ts. `createNetwork` and `createNoise` stand before it in the page.
 */

export const pageScript = String.raw`
const element = (id) => document.getElementById(id);
const make = (name, properties) => Object.assign(document.createElement(name), properties);
const model = JSON.parse(element("model").textContent);
const weights = Uint8Array.from(atob(element("weights").textContent), (sign) => sign.charCodeAt(0));
const generate = createNetwork(model.steps, weights);
const noise = createNoise("new samples", model.isNormal);
const { latent, image, classNames, directions } = model;
const reach = model.isNormal ? 3 : 1;
const numbersShown = Math.min(6, latent);
const columns = classNames.length > 0 && classNames.length <= 12 ? classNames.length : 8;
const sampleCount = columns * (columns > 8 ? 3 : 4);

/** What is shown: the sheet's seed, the chosen sample, and how far it was moved. */
const shown = { seed: model.seed, label: null, limit: reach, chosen: 0, first: 0 };
let sheet = [];
let base = new Float32Array(latent);
let along = directions.map(() => 0);
let currentLabel = 0;
let drawing = 0;

function vectorsOf(seed, count) {
  const values = noise(seed, count * latent);
  if (!model.isNormal || shown.limit >= reach) return values;
  // Values beyond the limit are drawn again (truncation).
  for (let again = 1; again < 100; again++) {
    let outside = false;
    const others = noise((seed + 7919 * again) % 2147483647, values.length);
    for (let i = 0; i < values.length; i++) {
      if (Math.abs(values[i]) <= shown.limit) continue;
      values[i] = others[i];
      outside = outside || Math.abs(values[i]) > shown.limit;
    }
    if (!outside) break;
  }
  return values.map((value) => Math.max(-shown.limit, Math.min(shown.limit, value)));
}

function paint(canvas, values) {
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(image.width, image.height);
  for (let i = 0; i < image.width * image.height; i++) {
    for (let c = 0; c < 3; c++) {
      const value = values[i * image.channels + (image.channels === 3 ? c : 0)];
      pixels.data[4 * i + c] = (value + 1) * 127.5;
    }
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}

const pause = () => new Promise((resolve) => setTimeout(resolve));
const isPressed = (index) => (index === shown.chosen ? "true" : "false");

async function drawSheet() {
  const own = ++drawing;
  const vectors = vectorsOf(shown.seed, sampleCount);
  sheet = Array.from({ length: sampleCount }, (_, index) => ({
    vector: vectors.slice(index * latent, (index + 1) * latent),
    label: shown.label ?? (classNames.length > 0 ? index % classNames.length : 0),
    pixels: null,
  }));
  const names = sheet.map(({ label }, index) =>
    "Sample " + (index + 1) + (classNames.length > 0 ? ", " + classNames[label] : ""));
  const buttons = element("samples").children;
  sheet.forEach((_, index) => buttons[index].setAttribute("aria-label", names[index]));
  choose(Math.min(shown.chosen, sampleCount - 1));
  const all = model.isBatchwise
    ? generate(vectors, sampleCount, sheet.map(({ label }) => label)) : null;
  const size = image.height * image.width * image.channels;
  for (const [index, sample] of sheet.entries()) {
    sample.pixels = all
      ? all.slice(index * size, (index + 1) * size)
      : generate(sample.vector, 1, [sample.label]);
    paint(buttons[index].firstChild, sample.pixels);
    if (index % 4 === 3) await pause();
    // Something else was asked for meanwhile.
    if (own !== drawing) return;
  }
}

function choose(index) {
  shown.chosen = index;
  base = sheet[index].vector.slice();
  currentLabel = sheet[index].label;
  along = directions.map(() => 0);
  [...element("samples").children].forEach((button, i) => button.setAttribute("aria-pressed", isPressed(i)));
  showSliders();
  drawLarge();
}

let waiting = false;
function drawLarge() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const vector = base.map((value, i) =>
      directions.reduce((sum, { vector: way }, k) => sum + along[k] * way[i], value));
    paint(element("large"), generate(vector, 1, [currentLabel]));
  });
}

function slider(name, value, most, change) {
  const words = make("span", { textContent: name });
  const output = make("output", { textContent: value.toFixed(2) });
  const input = make("input", { type: "range", min: -most, max: most, step: 0.01, value });
  input.setAttribute("aria-label", name);
  input.addEventListener("input", () => {
    output.textContent = Number(input.value).toFixed(2);
    change(Number(input.value));
    drawLarge();
  });
  const row = make("div", { className: "slider" });
  row.append(words, input, output);
  return row;
}

function showSliders() {
  element("directions").replaceChildren(...directions.map(({ share }, k) =>
    slider((k + 1) + " (" + Math.round(100 * share) + " %)", along[k], 2 * reach, (value) => { along[k] = value; })));
  element("numbers").replaceChildren(...Array.from({ length: numbersShown }, (_, i) => {
    const place = (shown.first + i) % latent;
    return slider("Number " + (place + 1), base[place], reach, (value) => { base[place] = value; });
  }));
}

function save(name, width, height, canvases, across) {
  const scale = Math.max(1, Math.round((canvases.length === 1 ? 512 : 96) / Math.max(width, height)));
  const rows = Math.ceil(canvases.length / across);
  const large = make("canvas", { width: across * width * scale, height: rows * height * scale });
  const context = large.getContext("2d");
  context.imageSmoothingEnabled = false;
  canvases.forEach((canvas, i) => context.drawImage(canvas,
    (i % across) * width * scale, Math.floor(i / across) * height * scale, width * scale, height * scale));
  large.toBlob((blob) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }, "image/png");
}

function reseed(seed) {
  shown.seed = seed;
  element("seed").value = seed;
  void drawSheet();
}
const anySeed = () => Math.floor(Math.random() * 1000000);

element("samples").style.gridTemplateColumns = "repeat(" + columns + ", minmax(0, 1fr))";
element("samples").replaceChildren(...Array.from({ length: sampleCount }, (_, index) => {
  const button = make("button", { type: "button", onclick: () => choose(index) });
  button.append(make("canvas", { width: image.width, height: image.height }));
  return button;
}));
const classChoice = (value, name) => {
  const label = make("label", {});
  const input = make("input", { type: "radio", name: "class", checked: value === null });
  input.addEventListener("change", () => { shown.label = value; void drawSheet(); });
  label.append(input, make("span", { textContent: name }));
  return label;
};
element("classes").replaceChildren(classChoice(null, "each in turn"), ...classNames.map((name, i) => classChoice(i, name)));
element("class-field").hidden = classNames.length === 0;
element("direction-field").hidden = directions.length === 0;
element("limit-field").hidden = !model.isNormal;
element("turn").hidden = latent <= numbersShown;
element("seed").addEventListener("change", ({ target }) => {
  const seed = Math.floor(Number(target.value));
  if (target.value !== "" && seed >= 0 && seed <= 2147483647) reseed(seed);
  else target.value = shown.seed;
});
element("limit").addEventListener("input", ({ target }) => {
  shown.limit = Number(target.value);
  element("limit-value").textContent = shown.limit >= reach ? "none" : "within ±" + shown.limit.toFixed(1);
  void drawSheet();
});
for (const id of ["new", "others"]) element(id).addEventListener("click", () => reseed(anySeed()));
element("reset").addEventListener("click", () => choose(shown.chosen));
element("turn").addEventListener("click", () => { shown.first = (shown.first + numbersShown) % latent; showSliders(); });
element("save").addEventListener("click", () => save("sample.png", image.width, image.height, [element("large")], 1));
element("save-sheet").addEventListener("click", () => save("samples.png", image.width, image.height,
  [...element("samples").querySelectorAll("canvas")], columns));
const themes = { auto: "light", light: "dark", dark: "auto" };
element("theme").addEventListener("click", ({ target }) => {
  const next = themes[document.documentElement.dataset.theme ?? "auto"];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  target.textContent = "Theme: " + next;
});
element("seed").value = shown.seed;
void drawSheet();
`;
