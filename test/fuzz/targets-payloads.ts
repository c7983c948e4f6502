/**
 * F1: payloads of every command, through the door that pages, windows and the command line share.
 * Sessions answer every job with a problem at once, so that nothing is trained.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import Database from "better-sqlite3";
import { openApi } from "../../main/api/open.ts";
import type { SessionHost } from "../../main/api/sessions/host.ts";
import { commands, type CommandName } from "../../main/contract/commands.ts";
import { encode } from "../../main/contract/wire.ts";
import type { Catalogue } from "../../main/data/download/catalogue.ts";
import { downloadIds } from "../../main/spec/downloads.ts";
import { Problem } from "../../main/spec/problem.ts";
import type { FromSession } from "../../main/training/messages.ts";
import { idxFile } from "../support/idx-file.ts";
import { smallSpecification } from "../support/small-specification.ts";
import { decoded, unreadable } from "./decoded.ts";
import { oneOf, spoiltValue, type Random } from "./mutate.ts";
import { plausible, type Words } from "./plausible.ts";
import type { Target, TargetKind } from "./target.ts";

/** Refuses every job; ends when it is told goodbye. */
const refusing: SessionHost = {
  start() {
    const listeners: ((message: FromSession) => void)[] = [];
    const exits: (() => void)[] = [];
    const exit = () => {
      for (const tell of exits.splice(0)) tell();
    };
    return {
      send(message) {
        if (message.type === "goodbye") setImmediate(exit);
        if (message.type !== "start") return;
        const problem = { code: "engine.unavailable", message: "No engine is here." } as const;
        setImmediate(() => {
          for (const listener of listeners) listener({ type: "problem", problem });
        });
      },
      onMessage: (listener) => listeners.push(listener),
      onExit: (listener) =>
        exits.push(() => {
          listener({ code: 0, signal: null, lastWords: "" });
        }),
      kill: () => setImmediate(exit),
    };
  },
};

const nothing = Object.fromEntries(
  downloadIds.map((id) => [id, { mirrors: [], files: [] }]),
) as unknown as Catalogue;

/** What a structured clone can carry and text cannot; the case's number chooses one. */
const unsendable: (() => unknown)[] = [
  () => undefined,
  () => 12n,
  () => new Map([["id", 1]]),
  () => new Set([1]),
  () => new Date(NaN),
  () => new Array<unknown>(2 ** 32 - 1),
  () => new Float64Array(2),
  () => new ArrayBuffer(4),
  () => new Error("mine"),
  () => /x/,
  () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    return cyclic;
  },
  () => Object.create(null) as unknown,
];

/**
 * Paths that are not absolute begin at the user's folder or where the program was started; both are
 * put so deep into the target's own folder that no «..» of a case leaves it. Returns how to undo it.
 */
function moveInto(folder: string): () => void {
  const { HOME, USERPROFILE } = process.env;
  const before = process.cwd();
  const deep = join(folder, "user", "a", "b", "c", "d");
  mkdirSync(deep, { recursive: true });
  process.chdir(deep);
  Object.assign(process.env, { HOME: deep, USERPROFILE: deep });
  return () => {
    process.chdir(before);
    for (const [name, value] of Object.entries({ HOME, USERPROFILE })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

async function open(folder: string): Promise<Target> {
  const moveBack = moveInto(folder);
  const home = join(folder, "home");
  const files = join(folder, "files");
  mkdirSync(files, { recursive: true });
  const digits = join(files, "few-images-idx3-ubyte");
  writeFileSync(digits, idxFile([4, 8, 8], new Uint8Array(256)));
  writeFileSync(join(files, "not-a-bundle.ganrun"), "PK nothing of the kind");
  const api = await openApi({ home, sessions: refusing, catalogue: nothing });
  const specification = smallSpecification();
  const { id } = (await api.dispatch("runs.start", {
    specification,
    engine: "auto",
  })) as { id: string };
  const words: Words = {
    texts: [
      ...[id, id, id, "digits", "group-1", "0".repeat(32), "A name", digits, files],
      ...[join(files, "not-a-bundle.ganrun"), join(files, "missing"), join(files, "new.out")],
    ],
    anything: specification,
  };
  const names = Object.keys(commands) as CommandName[];
  // Another connection sees by this number that something was stored.
  const viewer = new Database(join(home, "studio.db"), { readonly: true });
  const stored = () => viewer.pragma("data_version", { simple: true });

  /** Waits until nothing is stored for a while. */
  const quiet = async () => {
    for (;;) {
      const now = stored();
      await delay(100);
      if (stored() === now) return now;
    }
  };

  const make = (random: Random): Uint8Array => {
    const command = oneOf(random, names);
    const sound = plausible(random, commands[command].payload, words);
    const payload = random(3) === 0 ? sound : spoiltValue(random, sound);
    const special = random(6) === 0 ? random(unsendable.length) : null;
    return Buffer.from(encode({ command, payload, special }));
  };

  return {
    name: "payloads",
    make,
    async attempt(input) {
      const message = decoded(input);
      if (message === unreadable) return "refused";
      const { command, payload, special } = message as {
        command: string;
        payload: unknown;
        special: number | null;
      };
      const value = special === null ? undefined : unsendable[special]?.();
      const given = special === null ? payload : withSpecial(payload, value);
      // A second time where something was stored: it may have been what an earlier case had begun.
      for (let isSecond = false; ; isSecond = true) {
        const before = isSecond ? await quiet() : stored();
        try {
          await withTime(api.dispatch(command, given), command);
          return "result";
        } catch (thrown) {
          const isUsage = thrown instanceof Problem && thrown.code === "usage";
          if (!isUsage || stored() === before) throw thrown;
          if (isSecond) throw new Error(`${command} stored what it refused`, { cause: thrown });
        }
      }
    },
    async end() {
      moveBack();
      viewer.close();
      await api.close();
    },
  };
}

/** In place of the first field, or of all. */
function withSpecial(payload: unknown, value: unknown): unknown {
  if (typeof payload !== "object" || payload === null) return value;
  const [first] = Object.keys(payload);
  return first === undefined ? value : { ...payload, [first]: value };
}

async function withTime<Value>(work: Promise<Value>, command: string): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`${command} did not answer within 10 seconds`));
  }, 10_000);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

export const payloads: TargetKind = { name: "payloads", open };
