/** The charts of a run as one picture: each with its title and legend, on the page's own ground. */

export interface PicturePart {
  title: string;
  /** `color` is null for dashed lines. */
  entries: readonly { label: string; color: string | null }[];
  canvas: HTMLCanvasElement;
}

const margin = 24;
const header = 32;

/** The charts that stand in an element, as they are drawn now. Colours as CSS has them. */
export function partsIn(element: Element): PicturePart[] {
  return [...element.querySelectorAll("section")].flatMap((pane) => {
    const canvas = pane.querySelector("canvas");
    if (!canvas) return [];
    const entries = [...pane.querySelectorAll("header li")].map((item) => {
      const sample = item.querySelector("i");
      const label = item.firstChild === sample ? (sample?.nextSibling?.textContent ?? "") : "";
      const isDashed = sample === null || sample.classList.contains("dashed");
      return { label, color: isDashed ? null : getComputedStyle(sample).backgroundColor };
    });
    return [{ title: pane.querySelector("h2")?.textContent.trim() ?? "", entries, canvas }];
  });
}

export interface Look {
  text: string;
  dim: string;
  ground: string;
  font: string;
}

/** The theme's colours as plain ones, resolved through a real element: a canvas knows no variables. */
export function lookOf(element: Element): Look {
  const probe = document.createElement("i");
  element.append(probe);
  const style = getComputedStyle(probe);
  const colorOf = (name: string) => {
    probe.style.color = `var(${name})`;
    return style.color;
  };
  const colors = { text: colorOf("--text"), dim: colorOf("--dim"), ground: colorOf("--panel") };
  const look = { ...colors, font: style.fontFamily };
  probe.remove();
  return look;
}

/** Rejects when the browser cannot make the picture. */
export async function pictureOf(
  heading: string,
  parts: readonly PicturePart[],
  look: Look,
): Promise<Blob> {
  // Charts are drawn in device pixels; so is the picture, that their lines stay sharp.
  const ratio = devicePixelRatio;
  const widths = parts.map(({ canvas }) => canvas.width / ratio);
  const heights = parts.map(({ canvas }) => canvas.height / ratio + header);
  const width = Math.max(...widths) + 2 * margin;
  const height = heights.reduce((sum, part) => sum + part + margin, 2 * margin + header);
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = sheet.getContext("2d");
  if (!context) throw new Error("This browser has no canvas.");
  context.scale(ratio, ratio);
  context.fillStyle = look.ground;
  context.fillRect(0, 0, width, height);
  context.textBaseline = "middle";
  const write = (words: string, x: number, y: number, color: string, weight: number) => {
    context.font = `${weight.toString()} 13px ${look.font}`;
    context.fillStyle = color;
    context.fillText(words, x, y);
    return x + context.measureText(words).width;
  };
  let top = margin;
  write(heading, margin, top + header / 2, look.text, 600);
  for (const [place, { title, entries, canvas }] of parts.entries()) {
    top += place === 0 ? header + 8 : (heights[place - 1] ?? 0) + margin;
    let x = write(title, margin, top + header / 2, look.text, 600) + margin;
    for (const { label, color } of entries) {
      context.fillStyle = color ?? look.dim;
      const [dash, gap] = color === null ? [4, 6] : [14, 14];
      for (let at = 0; at < 14; at += gap)
        context.fillRect(x + at, top + header / 2 - 1, Math.min(dash, 14 - at), 2);
      x = write(label, x + 20, top + header / 2, look.dim, 400) + 16;
    }
    const at = top + header;
    context.drawImage(canvas, margin, at, canvas.width / ratio, canvas.height / ratio);
  }
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The picture could not be made."));
    }, "image/png");
  });
}
