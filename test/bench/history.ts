/**
 * How fast a long history opens: a data folder with many runs and measurements, made as training
 * stores them, then the commands that a page sends when it lists runs and opens one.
 * `node test/bench/history.ts [RUNS] [ROWS] [FOLDER]`; with a folder it is kept, and used again when it
 * is there. Targets: opening a run below 100 ms, listing below 50 ms.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../../main/api/open.ts";
import { createClient } from "../../main/contract/client.ts";
import { presets } from "../../main/spec/presets.ts";
import { encodeFloat64s } from "../../main/store/float64s.ts";
import { openHome, type Home } from "../../main/store/home.ts";
import { measureColumns } from "../../main/store/measurements.ts";
import { insertRun } from "../../main/store/runs.ts";
import { replaceTags } from "../../main/store/tags.ts";
import { seeded } from "../main/files/support/random.ts";

const [runs = "10000", rows = "10000000", given] = process.argv.slice(2);
const count = Number(runs);
const folder = given ?? mkdtempSync(join(tmpdir(), "gan-studio-history-"));
const random = seeded(1);

const idOf = (run: number) => `run-260101-${run.toString().padStart(6, "0")}`;

/** Every hundredth run has fifty times as many measurements as the others. */
const isLong = (run: number) => run % 100 === 0;
const shortRows = Math.round(Number(rows) / (count * (0.99 + 0.01 * 50)));
const rowsOf = (run: number) => (isLong(run) ? 50 * shortRows : shortRows);

function fill(home: Home): void {
  const { database } = home;
  // Only for making it; a crash would only cost the benchmark.
  database.pragma("synchronous = OFF");
  const measured = Array.from({ length: 512 }, () =>
    encodeFloat64s(measureColumns.map(() => random(1_000_000) / 500_000)),
  );
  const measurement = database.prepare("INSERT INTO measurements VALUES (?, ?, ?)");
  const sample = database.prepare(
    "INSERT INTO samples (run, step, epoch, closesEpoch, count, columns, file, bytes, sha256) VALUES (?, ?, ?, 1, 64, 8, ?, 40000, ?)",
  );
  const checkpoint = database.prepare(
    "INSERT INTO checkpoints (run, step, epoch, file, bytes, sha256, createdAt) VALUES (?, ?, ?, ?, 4000000, ?, ?)",
  );
  const event = database.prepare(
    "INSERT INTO events (run, at, step, kind, detail) VALUES (?, ?, ?, ?, '')",
  );
  const finish = database.prepare(
    "UPDATE runs SET status = ?, step = ?, epoch = 20, seconds = ?, losses = ? WHERE id = ?",
  );
  const sha = "0".repeat(64);
  const statuses = ["finished", "finished", "finished", "stopped", "failed", "interrupted"];
  for (let first = 0; first < count; first += 100) {
    database.transaction(() => {
      for (let run = first; run < Math.min(count, first + 100); run++) {
        const id = idOf(run);
        const at = 1_700_000_000_000 + run * 60_000;
        const { id: preset, specification } = presets[run % presets.length] as (typeof presets)[0];
        insertRun(home, {
          ...{ id, name: `${preset} ${run}`, status: "starting", dataset: "Digits" },
          ...{ engine: "tensorflow", createdAt: at, specification },
        });
        const length = rowsOf(run);
        for (let step = 1; step <= length; step++)
          measurement.run(id, step, measured[(step * 31 + run) % 512]);
        for (let epoch = 1; epoch <= 20; epoch++) {
          const step = Math.ceil((length * epoch) / 20);
          sample.run(id, step, epoch, `samples/step-${step.toString().padStart(9, "0")}.png`, sha);
          if (epoch % 2 === 0)
            checkpoint.run(
              ...[id, step, epoch],
              ...[`checkpoints/step-${step.toString().padStart(9, "0")}.safetensors`, sha, at],
            );
        }
        // One tag that half of the runs have, and a hundred that few have.
        replaceTags(database, id, [...(run % 2 === 0 ? ["baseline"] : []), `night ${run % 100}`]);
        for (const kind of ["started", "ready", "finished"]) event.run(id, at, 0, kind);
        finish.run(statuses[random(6)], length, length / 50, measured[0]?.subarray(0, 16), id);
      }
    })();
  }
  database.pragma("wal_checkpoint(TRUNCATE)");
}

const isThere = existsSync(join(folder, "studio.db"));
if (!isThere) {
  const begun = performance.now();
  const home = openHome(folder);
  fill(home);
  home.close();
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  process.stdout.write(`made ${count} runs with some ${rows} measurements in ${seconds} s\n`);
}

interface Took {
  wall: number;
  /** Of this process alone: what it would be on a machine that does nothing else. */
  cpu: number;
}

const timed = async (work: () => Promise<unknown>): Promise<Took> => {
  const begun = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - begun, cpu: (user + system) / 1000 };
};

function report(what: string, times: readonly Took[]): void {
  const of = (name: keyof Took) => {
    const sorted = times.map((time) => time[name]).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    return `${median.toFixed(1).padStart(6)} ms, worst ${(sorted.at(-1) ?? NaN).toFixed(1).padStart(6)} ms`;
  };
  process.stdout.write(
    `${what.padEnd(36)} median ${of("wall")}; processor time ${of("cpu")} (${times.length} times)\n`,
  );
}

const begun = performance.now();
const api = await openApi({ home: folder });
process.stdout.write(`opened in ${(performance.now() - begun).toFixed(0)} ms\n`);
const client = createClient(api);
const rounds = 50;

const open = async (run: number) => {
  const id = idOf(run);
  await client.runs.get({ id });
  await client.runs.measurements({ id, points: 4000 });
};
const repeated = async (work: (round: number) => Promise<unknown>) => {
  const times: Took[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(() => work(round)));
  return times;
};

/** A run of these whose number is no multiple of a hundred. */
const short = () => random(count / 100) * 100 + 1 + random(99);
const long = () => random(count / 100) * 100;
report(`open a run of ${shortRows} measurements`, await repeated(() => open(short())));
report(`open a run of ${50 * shortRows} measurements`, await repeated(() => open(long())));
report("list the newest 100", await repeated(() => client.runs.list({ limit: 100 })));
report(
  "list 100 from anywhere",
  await repeated(() => client.runs.list({ limit: 100, offset: random(count) })),
);
report(
  "list 100 that a search finds",
  await repeated((round) => client.runs.list({ limit: 100, search: `gan ${round}` })),
);
report(
  "list 100 with a tag that half have",
  await repeated(() => client.runs.list({ limit: 100, tags: ["baseline"] })),
);
report(
  "list 100 with a tag that few have",
  await repeated((round) => client.runs.list({ limit: 100, search: `tag:"night ${round}"` })),
);
report("list the tags", await repeated(() => client.tags.list({})));
report(
  "list 100 by name, of one status",
  await repeated(() => client.runs.list({ limit: 100, order: "name", status: ["stopped"] })),
);
await api.close();
if (given === undefined) rmSync(folder, { recursive: true, force: true });
