import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { typeAttribute } from "../../../../main/engine/compile/attributes.ts";
import { createGraph } from "../../../../main/engine/compile/graph.ts";
import { openSession } from "../../../../main/engine/compile/session.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

const tensorsHeld = () =>
  (tf.backend() as unknown as { binding: { getNumOfTensors(): number } }).binding.getNumOfTensors();

const ownFolders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`gan-studio-graph-${process.pid}-`));

/** y = x + 1 of a vector of two. */
function addition() {
  const graph = createGraph();
  const x = graph.placeholder("x", "float32", [2]);
  const one = graph.constant("one", "float32", [], [1]);
  const y = graph.add("AddV2", "y", [x, one], { T: typeAttribute("float32") });
  const feed = (values: number[]) => ({
    ...{ node: x, type: "float32" as const, shape: [values.length] },
    values: Float32Array.from(values),
  });
  return { graph, y, feed };
}

describe.skipIf(tensorflowMissing)(`a graph's session on ${tensorflowTitle}`, () => {
  beforeAll(async () => {
    await loadBackend("tensorflow");
  });

  it("runs again and again without keeping a tensor, and leaves no folder", () => {
    const { graph, y, feed } = addition();
    const session = openSession(graph);
    expect(ownFolders()).toEqual([]);
    const before = tensorsHeld();
    for (let time = 0; time < 50; time++) {
      expect(session.run([feed([time, 2])], [y])).toEqual([Float32Array.of(time + 1, 3)]);
    }
    expect(tensorsHeld()).toBe(before);
    session.close();
  });

  it("keeps no tensor when a run fails, and says which node failed", () => {
    const { graph, y, feed } = addition();
    const bad = graph.add("Reshape", "bad", [y, graph.constant("s", "int32", [1], [2])], {
      T: typeAttribute("float32"),
      Tshape: typeAttribute("int32"),
    });
    const session = openSession(graph);
    const before = tensorsHeld();
    expect(() => session.run([feed([1, 2, 3])], [bad])).toThrow(/\{\{node bad\}\}/);
    expect(tensorsHeld()).toBe(before);
    session.close();
  });

  it("throws for a graph that TensorFlow refuses, and leaves no folder", () => {
    const { graph } = addition();
    graph.add("NoSuchOperation", "strange", [], {});
    expect(() => openSession(graph)).toThrow(/NoSuchOperation/);
    expect(ownFolders()).toEqual([]);
  });

  it("removes the folder of a process that was killed, and not that of one that lives", () => {
    const { pid: dead } = spawnSync(process.execPath, ["--version"]);
    const abandoned = join(tmpdir(), `gan-studio-graph-${dead}-abcdef`);
    const inUse = join(tmpdir(), `gan-studio-graph-${process.ppid}-abcdef`);
    for (const folder of [abandoned, inUse]) mkdirSync(folder, { recursive: true });
    openSession(addition().graph).close();
    expect(existsSync(abandoned)).toBe(false);
    expect(existsSync(inUse)).toBe(true);
  });
});
