/** The command line as its user meets it: the real program, its output, its exit codes. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { runProgram, startInGroup, startProgram, type Ended } from "../support/program.ts";
import { smallSpecification } from "../support/small-specification.ts";

const json = (ended: Ended): unknown => JSON.parse(ended.output);

function specificationFile(folder: string, loop = {}): string {
  const file = join(folder, "small.json");
  writeFileSync(file, JSON.stringify(smallSpecification(loop)));
  return file;
}

function idxHeader(...sizes: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 + sizes.length);
  for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index);
  return header;
}

describe("the command line", () => {
  it("trains, lists, shows, resumes and samples a run", async () => {
    const home = temporaryFolder();
    const folder = temporaryFolder();
    const spec = specificationFile(folder);
    const trained = await runProgram(home, "train", "--spec", spec, "--engine", "wasm", "--json");
    expect(trained.errors).not.toMatch(/\bat .*\.ts:/);
    expect(trained.code).toBe(0);
    const run = json(trained) as { id: string };
    expect(run).toMatchObject({ status: "finished", epoch: 2, step: 8 });
    expect(run).toHaveProperty("losses.generator");

    const listed = json(await runProgram(home, "runs", "--json"));
    expect(listed).toMatchObject({ runs: [{ id: run.id, status: "finished", epoch: 2 }] });

    const resumed = json(
      await runProgram(home, "resume", run.id, "--epochs", "3", "--engine", "wasm", "--json"),
    );
    expect(resumed).toMatchObject({ id: run.id, status: "finished", epoch: 3, step: 12 });

    const sheet = join(folder, "sheet.png");
    const sampled = await runProgram(home, "sample", run.id, "--count", "9", "--out", sheet);
    expect(sampled.code).toBe(0);
    expect(readFileSync(sheet).subarray(1, 4).toString()).toBe("PNG");

    const numbers = join(folder, "sheet.npy");
    await runProgram(home, "sample", "last", "--count", "3", "--out", numbers);
    const npy = readFileSync(numbers);
    expect(npy.subarray(1, 6).toString()).toBe("NUMPY");
    expect(npy.toString("latin1")).toContain("(3, 28, 28, 1)");

    const shown = await runProgram(home, "show", run.id);
    expect(shown.output).toContain(run.id);
    expect((await runProgram(home, "runs")).output).toContain(run.id);
  });

  it("saves and stops on Ctrl-C, and goes on where it stopped", async () => {
    const home = temporaryFolder();
    const spec = specificationFile(temporaryFolder(), { epochs: 100_000 });
    const running = startProgram(home, "train", "--spec", spec, "--engine", "wasm", "--json");
    await running.printed(/epoch/i);
    running.child.kill("SIGINT");
    const ended = await running.ended;
    // By the signal itself: a shell's loop would go on after a program that ends by a number.
    expect(ended).toMatchObject({ code: null, signal: "SIGINT" });
    const run = json(ended) as { id: string; status: string; epoch: number; step: number };
    expect(run.status).toBe("stopped");
    const more = String(run.epoch + 2);
    const resumed = json(
      await runProgram(home, "resume", run.id, "--epochs", more, "--engine", "wasm", "--json"),
    );
    expect(resumed).toMatchObject({ status: "finished", epoch: run.epoch + 2 });
  });

  it.skipIf(process.platform === "win32")(
    "stops a run that is only being started, when Ctrl-C reaches all its processes",
    async () => {
      const spec = specificationFile(temporaryFolder(), { epochs: 100_000 });
      const home = temporaryFolder();
      const running = startInGroup(home, "train", "--spec", spec, "--engine", "wasm", "--json");
      // Its session's process is there, and loads.
      await running.printed(/^Run /m);
      running.interrupt();
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: null, signal: "SIGINT" });
      expect(json(ended)).toMatchObject({ status: "stopped" });
    },
  );

  it.skipIf(!existsSync("/dev/full"))("says that its output did not get anywhere", () => {
    const full = openSync("/dev/full", "w");
    const told = spawnSync(process.execPath, ["main/cli/main.ts", "--help"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(told.stderr).toMatch(/could not be written: there is no room left/);
    expect(told.status).toBe(1);
  });

  it("benches the way scripts rely on", async () => {
    const ended = await runProgram(
      temporaryFolder(),
      ...["bench", "--preset", "vanilla-mlp", "--steps", "2", "--warmup", "1", "--json"],
    );
    const { preset, modes, note } = json(ended) as {
      preset: string;
      modes: { mode: string; msPerStep: number }[];
      note: string | null;
    };
    expect(preset).toBe("vanilla-mlp");
    // The portable engine has one mode, and says why.
    expect(modes.map(({ mode }) => mode)).toEqual(note ? ["eager"] : ["compiled", "eager"]);
    expect(modes.every(({ msPerStep }) => msPerStep > 0)).toBe(true);
  });

  it("tells what this machine has", async () => {
    const ended = await runProgram(temporaryFolder(), "doctor", "--json");
    expect(ended.code).toBe(0);
    expect(json(ended)).toMatchObject({
      engine: expect.stringMatching(/tensorflow|wasm/) as string,
    });
  });
});

describe("bad input", () => {
  const refused = async (code: number, message: RegExp, ...words: string[]) => {
    const home = join(temporaryFolder(), "home");
    const plain = await runProgram(home, ...words);
    expect(plain.errors).toMatch(message);
    expect(plain.errors).not.toMatch(/\bat .*\.(ts|js):/);
    expect(plain.output).toBe("");
    expect(plain.code).toBe(code);
    const asJson = json(await runProgram(home, ...words, "--json"));
    expect(asJson).toEqual({
      error: {
        code: expect.any(String) as string,
        message: expect.stringMatching(message) as string,
      },
    });
    // Nothing half-written: no run, no run folder.
    expect(existsSync(join(home, "runs")) ? readdirSync(join(home, "runs")) : []).toEqual([]);
  };

  it("an unknown preset", () =>
    refused(2, /no preset «vanila».*vanilla-mlp/, "train", "--preset", "vanila"));

  it("an option that does not exist", () => refused(2, /--epoch\b/, "train", "--epoch", "3"));

  it("a specification whose shapes do not fit", async () => {
    const folder = temporaryFolder();
    const specification = smallSpecification();
    specification.discriminator.layers.shift();
    writeFileSync(join(folder, "bad.json"), JSON.stringify(specification));
    await refused(
      1,
      /discriminator layer 1 \(dense\): expects a flat vector, gets 28×28×1/,
      ...["train", "--spec", join(folder, "bad.json")],
    );
  });

  it("a specification that is no JSON", async () => {
    const file = join(temporaryFolder(), "bad.json");
    writeFileSync(file, "{ this is not JSON");
    await refused(1, /bad\.json/, "train", "--spec", file);
  });

  it("a folder without images", () =>
    refused(
      1,
      /holds no IDX file of images/,
      "train",
      "--preset",
      "lsgan-dc",
      "--data",
      temporaryFolder(),
    ));

  it("a truncated IDX file", async () => {
    const file = join(temporaryFolder(), "cut-idx3-ubyte");
    writeFileSync(file, Buffer.concat([idxHeader(10, 28, 28), Buffer.alloc(28 * 28 * 4)]));
    await refused(1, /cut-idx3-ubyte/, "train", "--preset", "lsgan-dc", "--data", file);
  });

  it("an IDX file that claims four thousand million images", async () => {
    const file = join(temporaryFolder(), "liar-idx3-ubyte");
    writeFileSync(file, idxHeader(0xffffffff, 28, 28));
    await refused(1, /liar-idx3-ubyte/, "train", "--preset", "lsgan-dc", "--data", file);
  });

  it("a data folder that cannot be written", async () => {
    const home = temporaryFolder();
    // Root may write anywhere; a file in the folder's place stops everyone.
    const blocked = process.getuid?.() === 0 ? join(home, "file", "home") : join(home, "closed");
    if (process.getuid?.() === 0) writeFileSync(join(home, "file"), "");
    else {
      mkdirSync(blocked);
      chmodSync(blocked, 0o500);
    }
    const ended = await runProgram(blocked, "runs");
    expect(ended.errors).toMatch(/(file|closed).*--home/s);
    expect(ended.code).toBe(1);
  });

  it("a second program on the same data folder", async () => {
    const home = temporaryFolder();
    const spec = specificationFile(temporaryFolder(), { epochs: 100_000 });
    const first = startProgram(home, "train", "--spec", spec, "--engine", "wasm");
    await first.printed(/epoch/i);
    const second = await runProgram(home, "runs");
    expect(second.code).toBe(1);
    expect(second.errors).toMatch(/in use/);
    first.child.kill("SIGKILL");
    await first.ended;
    expect((await runProgram(home, "runs")).code).toBe(0);
  });
});
