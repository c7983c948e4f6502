/**
 * F2: bundles. A sound one is spoilt as bytes, as an archive whose directory lies, and inside, with
 * checksums that are right again, so that what lies deeper is reached as well.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { manifestFile, versionOf } from "../../main/api/bundles/manifest.ts";
import { openApi } from "../../main/api/open.ts";
import type { SessionHost } from "../../main/api/sessions/host.ts";
import { createClient } from "../../main/contract/client.ts";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { Problem } from "../../main/spec/problem.ts";
import { createSession } from "../../main/training/session.ts";
import { evaluationExample } from "../support/evaluation.ts";
import { smallSpecification } from "../support/small-specification.ts";
import { zipFile, type ZippedFile } from "../support/zip-file.ts";
import { oneOf, spoiltBytes, spoiltValue, type Random } from "./mutate.ts";
import type { Target, TargetKind } from "./target.ts";

/** Sessions in this process: thousands of cases cannot start a process each. */
const here: SessionHost = {
  start() {
    const listeners: ((message: never) => void)[] = [];
    const exits: (() => void)[] = [];
    const exit = () => {
      for (const tell of exits.splice(0)) tell();
    };
    const session = createSession((message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        for (const listener of listeners) listener(copy as never);
      });
    }, exit);
    return {
      send: session,
      onMessage: (listener) => listeners.push(listener),
      onExit: (listener) =>
        exits.push(() => {
          listener({ code: 0, signal: null, lastWords: "" });
        }),
      kill: () => setImmediate(exit),
    };
  },
};

const names = [
  ...[
    "../evil",
    "..\\evil",
    "/evil",
    "C:\\evil",
    "samples/../../evil",
    "evil\0.png",
    "CON",
    "evil.",
  ],
  ...["evil ", "Manifest.json", "manifest.json", "MANIFEST.JSON", "model.pkl", "saved_model.pb"],
  ...["weights.h5", "samples/", "a/".repeat(2000), "", "\u202Egnp.exe", "inner.ganrun"],
];

interface Member {
  name: string;
  content: Uint8Array;
}

interface Listed {
  file: string;
  bytes: number;
  sha256: string;
}

/** With sizes and checksums of the manifest put right for what the members now hold. */
function sealed(members: readonly Member[], spoil: (manifest: unknown) => unknown): Member[] {
  const [first, ...rest] = members;
  const manifest = JSON.parse(Buffer.from(first?.content ?? "").toString()) as Record<
    "measurements",
    Listed
  > &
    Record<"samples" | "checkpoints", Listed[]>;
  for (const listed of [manifest.measurements, ...manifest.samples, ...manifest.checkpoints]) {
    const member = rest.find(({ name }) => name === listed.file);
    if (!member) continue;
    listed.bytes = member.content.length;
    listed.sha256 = createHash("sha256").update(member.content).digest("hex");
  }
  const text = JSON.stringify(spoil(manifest)) as string | undefined;
  return [{ name: first?.name ?? "", content: Buffer.from(text ?? "null") }, ...rest];
}

function maker(sound: Buffer, members: readonly Member[]) {
  const stored = (of: readonly Member[]): ZippedFile[] => of.map((one) => ({ ...one, method: 0 }));
  const asItIs = (manifest: unknown) => manifest;
  return (random: Random): Uint8Array => {
    const at = random(members.length);
    switch (random(10)) {
      case 0:
        return sound.subarray(0, random(sound.length));
      case 1:
        return spoiltBytes(random, sound);
      case 2:
      case 3:
        return zipFile(stored(sealed(members, (manifest) => spoiltValue(random, manifest))));
      case 4: {
        // One member spoilt, with its checksum put right.
        const spoilt = members.map((one, place) =>
          place === at && place > 0 ? { ...one, content: spoiltBytes(random, one.content) } : one,
        );
        return zipFile(stored(sealed(spoilt, asItIs)));
      }
      case 5: {
        const evil = { name: oneOf(random, names), content: Buffer.from("evil") };
        const place = random(members.length + 1);
        return zipFile(stored(members.toSpliced(place, 0, evil)));
      }
      case 6: {
        const claims = [
          { bytes: 2 ** 32 - 1 },
          { packedBytes: 3 },
          { crc: 7 },
          { at: 0 },
          { bytes: 0 },
        ];
        const lying = stored(members).map((one, place) =>
          place === at
            ? { ...one, claimed: oneOf(random, claims), method: oneOf(random, [0, 8]) }
            : one,
        );
        return zipFile(lying, "", random(3) === 0);
      }
      case 7: {
        const renamed = members.map((one, place) =>
          place === at ? { ...one, name: oneOf(random, names) } : one,
        );
        return zipFile(stored(renamed));
      }
      case 8: {
        const bomb = { name: members[at]?.name ?? "", content: new Uint8Array(2 ** 21) };
        return zipFile([...stored(members.toSpliced(at, 1)), { ...bomb, method: 8 }]);
      }
      default: {
        const twice = members[at] as Member;
        const order = random(2) === 0 ? [...members, twice] : members.toReversed();
        return zipFile(
          stored(order).map((one) => ({ ...one, method: oneOf(random, [0, 8, 12, 99]) })),
        );
      }
    }
  };
}

/** With an evaluation, which this small run was spared. */
function withEvaluation(bundle: Uint8Array): Buffer {
  const members = Object.entries(unzipSync(bundle)).map(([name, content]) => {
    if (name !== manifestFile) return { name, content };
    const manifest = JSON.parse(Buffer.from(content).toString()) as object;
    const evaluations = [evaluationExample(1, 12, { step: 1 })];
    const written = { ...manifest, version: versionOf(evaluations), evaluations };
    return { name, content: Buffer.from(JSON.stringify(written)) };
  });
  return zipFile(members);
}

/** A small run with everything that a bundle holds, as a file and its bytes. */
async function soundBundle(folder: string): Promise<Buffer> {
  const home = join(folder, "source");
  const api = await openApi({ home });
  const client = createClient(api);
  try {
    const ended = new Promise<string>((resolve, reject) => {
      api.subscribe("run.changed", ({ id, status, reason }) => {
        if (status === "finished") resolve(id);
        else if (status === "failed") reject(new Error(reason ?? "failed"));
      });
    });
    await client.runs.start({ specification: smallSpecification({ epochs: 1 }), engine: "wasm" });
    const path = join(folder, "sound.ganrun");
    await client.runs.bundle({ id: await ended, path });
    writeFileSync(path, withEvaluation(readFileSync(path)));
    return readFileSync(path);
  } finally {
    await api.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function open(folder: string): Promise<Target> {
  const sound = await soundBundle(folder);
  const members = Object.entries(unzipSync(sound)).map(([name, content]) => ({ name, content }));
  const home = join(folder, "home");
  const api = await openApi({ home, sessions: here });
  const client = createClient(api);
  const path = join(folder, "case.ganrun");
  const lists = () =>
    [folder, home, join(home, "runs")].map((place) =>
      existsSync(place) ? readdirSync(place).sort() : [],
    );
  // A library that is loaded at the first need would look like a case that takes much memory.
  await loadBackend("auto");
  // With the sound one here, those that differ from it get an id of their own.
  await client.runs.import({ path: join(folder, "sound.ganrun") });
  let runs = 1;
  return {
    name: "bundles",
    make: maker(sound, members),
    fingerprint: () => JSON.stringify([runs, lists()]),
    async attempt(input) {
      writeFileSync(path, input);
      const { total } = await client.runs.list({});
      runs = total;
      try {
        const { run } = await client.runs.import({ path });
        // It is a run like any other: it can be looked at.
        await client.runs.get({ id: run.id });
        await client.runs.measurements({ id: run.id });
        runs = (await client.runs.list({})).total;
        return "result";
      } catch (thrown) {
        if ((await client.runs.list({})).total !== runs)
          throw new Error(`a run is left of what was refused (${String(thrown)})`, {
            cause: thrown,
          });
        if (thrown instanceof Problem && !judgements.has(thrown.code))
          throw new Error(`refused as ${thrown.code}: ${thrown.message}`, { cause: thrown });
        throw thrown;
      } finally {
        rmSync(path, { force: true });
      }
    },
    end: () => api.close(),
  };
}

const judgements = new Set([
  ...["bundle.invalid", "bundle.newer", "checkpoint.damaged"],
  // Of a run that is here already, in another state.
  "run.state",
]);

export const bundles: TargetKind = { name: "bundles", open };
