import { describe, expect, it } from "vitest";
import { createClient } from "../../../../main/contract/client.ts";
import {
  comparisonOf,
  fetchCompared,
  requireComparable,
} from "../../../../main/contract/compare/comparison.ts";
import { curvesOf } from "../../../../main/contract/compare/curves.ts";
import { fetchGrids, placesToExport } from "../../../../main/contract/compare/grids.ts";
import { comparisonPage } from "../../../../main/contract/compare/page.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import { createFakeApi, measurements } from "../../../support/fake-api.ts";
import { comparedRun } from "./examples.ts";

const png = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
const clientOf = (failing: number | null = null) => {
  const api = createFakeApi({
    "runs.sampleImage": ({ step }) => {
      if (step === failing) throw new Error("damaged");
      return { png };
    },
  });
  return { api, client: createClient(api) };
};

async function pageOf(name = "A") {
  const other = presetOf("lsgan-dc").specification;
  const runs = [
    comparedRun({ run: { name } }),
    comparedRun({ run: { id: "run-b", name: "B" }, specification: other }),
  ];
  const positions = placesToExport("epoch", runs);
  const grids = await fetchGrids(clientOf().client, runs, "epoch", positions);
  return comparisonPage({
    comparison: comparisonOf(runs),
    ...{ axis: "epoch", position: 2, positions, grids, writtenAt: "1 March 2026" },
  });
}

describe("the page", () => {
  it("asks nothing of the network: no address but of data, no script", async () => {
    const page = await pageOf();
    expect(page).not.toMatch(/https?:|<script|<link|url\(|@import/i);
    const sources = [...page.matchAll(/(?:src|href)="([^"]{0,22})/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources)).toEqual(new Set(["data:image/png;base64,"]));
  });

  it("holds the images byte by byte", async () => {
    const [, encoded = ""] = /base64,([^"]+)"/.exec(await pageOf()) ?? [];
    expect(Buffer.from(encoded, "base64").equals(png)).toBe(true);
  });

  it("shows figures, curves, settings and layers of both runs", async () => {
    const page = await pageOf();
    expect(page).toContain("Figures at epoch 2");
    expect(page.match(/<path class="run2" d="M/g)).toHaveLength(2);
    expect(page).toContain("loss.kind");
    expect(page).toContain("Transposed convolution");
  });

  it("takes a run's name as text, whatever it is", async () => {
    const page = await pageOf(`<img src=x onerror="alert('1')">&`);
    expect(page).not.toContain("<img src=x");
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
  });
});

it("draws a gap where a curve is no number, and says so where nothing was measured", () => {
  const measured = measurements([1, 2, 3, 4]);
  measured.values.lossGenerator = [1, NaN, 2, 3];
  const { markup } = curvesOf([comparedRun({ measured })], "lossGenerator", "step", 0);
  const [, path = ""] = /<path class="run1" d="([^"]*)"/.exec(markup) ?? [];
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.match(/L/g)).toHaveLength(1);
  const nothing = curvesOf([comparedRun({ measured: measurements([]) })], "scoreReal", "step", 0);
  expect(nothing.markup).toContain("Nothing was measured");
});

it("exports at most eight places of a long run, the last one among them", () => {
  const places = placesToExport("epoch", [comparedRun({ epochs: 100, stepsPerEpoch: 2 })]);
  expect(places).toHaveLength(8);
  expect(places.at(-1)).toBe(100);
});

it("asks for each grid once and leaves out one that cannot be read", async () => {
  const { api, client } = clientOf(10);
  const runs = [comparedRun()];
  const grids = await fetchGrids(client, runs, "step", [0, 5, 10, 20]);
  expect(api.calls.map(({ payload }) => (payload as { step: number }).step)).toEqual([0, 10, 20]);
  expect(grids.size).toBe(2);
});

it("asks for no more measurements than a chart can show", async () => {
  const { detail } = comparedRun();
  const api = createFakeApi({
    "runs.get": () => detail,
    "runs.evaluations": () => ({ evaluations: [] }),
    "runs.measurements": () => measurements([1]),
  });
  await fetchCompared(createClient(api), "run-a");
  expect(api.calls[1]?.payload).toEqual({ id: "run-a", points: 2000 });
});

it.each([[["a"]], [[]], [["a", "b", "c", "d", "e", "f", "g"]], [["a", "b", "a"]]])(
  "refuses to compare %j",
  (ids) => {
    expect(() => {
      requireComparable(ids);
    }).toThrow(expect.objectContaining({ code: "usage" }) as Error);
  },
);
