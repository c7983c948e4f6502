/** The packaged app's session process under plain Node: one job, what it told, and its answer. */
import { fork } from "node:child_process";
import { lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { extractAll } from "@electron/asar";
import type { EngineName } from "../../../main/engine/backend/description.ts";
import type { Exported, WantedFormat } from "../../../main/training/export-messages.ts";
import type { FromSession, Job } from "../../../main/training/messages.ts";
import { smallSpecification } from "../small-specification.ts";
import { root } from "./build-package.ts";

/** Folder of the library, below an app. */
export const tensorflowLibrary = join(
  "node_modules",
  "@tensorflow",
  "tfjs-node-gpu",
  "deps",
  "lib",
);

/**
 * Electron reads the archive as a folder; plain Node needs it unpacked, which is done here. Of
 * TensorFlow's library it gets a link. Gives the session's entry.
 */
export function unpackApp(resources: string, folder: string, withLibrary: boolean): string {
  extractAll(join(resources, "app.asar"), folder);
  if (withLibrary) {
    const library = join(root, tensorflowLibrary);
    const target = lstatSync(library).isSymbolicLink() ? readlinkSync(library) : library;
    mkdirSync(join(folder, tensorflowLibrary, ".."), { recursive: true });
    symlinkSync(target, join(folder, tensorflowLibrary));
  }
  return join(folder, "dist", "electron", "session.js");
}

/** All messages up to the first of this type. Rejects with what the process said when it ended before. */
export function askSession(
  entry: string,
  job: Job,
  type: FromSession["type"],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<FromSession[]> {
  const child = fork(entry, [], {
    serialization: "advanced",
    env: environment,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  const told: FromSession[] = [];
  return new Promise((resolve, reject) => {
    child.on("message", (given) => {
      const message = given as FromSession;
      told.push(message);
      if (message.type === "problem") reject(new Error(message.problem.message));
      else if (message.type === type) resolve(told);
      else return;
      child.send({ type: "goodbye" });
    });
    child.on("exit", (code) => {
      reject(new Error(`the session ended with ${String(code)}:\n${errors}`));
    });
    child.send({ type: "start", job });
  });
}

/** The first message of this type. */
export function told<Type extends FromSession["type"]>(
  messages: readonly FromSession[],
  type: Type,
): Extract<FromSession, { type: Type }> {
  const found = messages.find((message) => message.type === type);
  if (!found) throw new Error(`the session told nothing of «${type}»`);
  return found as Extract<FromSession, { type: Type }>;
}

/** Every format that a generator can be exported to. */
export const everyFormat: readonly WantedFormat[] = [
  ...(["tfjs", "safetensors", "onnx", "keras", "pytorch", "html"] as const),
  ...(["png", "npy", "gif", "webp"] as const),
];

/** Four steps in this folder, then an export of what they gave. */
export async function trainAndExport(
  entry: string,
  folder: string,
  engine: EngineName,
): Promise<Exported> {
  const specification = smallSpecification({ epochs: 1 });
  const trained = await askSession(
    entry,
    {
      ...{ kind: "train", specification, engine, eager: false, from: null },
      ...{ folder, cache: join(folder, "cache") },
    },
    "ended",
  );
  const commits = trained.flatMap((message) => (message.type === "commit" ? [message.commit] : []));
  const checkpoint = commits.findLast((commit) => commit.checkpoint !== null)?.checkpoint;
  if (!checkpoint) throw new Error("the packaged session wrote no checkpoint");
  const stored = ({ file, sha256 }: { file: string; sha256: string }) => ({
    path: join(folder, file),
    sha256,
  });
  const exported = await askSession(
    entry,
    {
      ...{ kind: "export", specification, engine, from: stored(checkpoint) },
      ...{ player: "generator", average: false, archive: false, formats: everyFormat },
      options: { half: false, layout: "pytorch", batch: null },
      samples: { count: 4, seed: 1 },
      sheets: commits.flatMap(({ samples }) => samples.map(stored)),
      run: {
        ...{ id: "packaged", name: "packaged", dataset: "digits", publicData: "digits" },
        ...{ classNames: [], step: 4, epoch: 1, losses: null, metrics: [], version: "0.1.0" },
      },
    },
    "exported",
  );
  return told(exported, "exported").exported;
}
