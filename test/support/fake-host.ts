/** Sessions without processes: a test plays the session's part by hand. */
import type { Api } from "../../main/api/api.ts";
import type { SessionExit, SessionHost, SessionProcess } from "../../main/api/sessions/host.ts";
import type { Commit, FromSession, Measurement, ToSession } from "../../main/training/messages.ts";

export interface FakeSession {
  received: ToSession[];
  say(message: FromSession): void;
  exit(exit?: Partial<SessionExit>): void;
}

export function fakeHost(): { host: SessionHost; sessions: FakeSession[] } {
  const sessions: FakeSession[] = [];
  const start = (): SessionProcess => {
    let listen: (message: FromSession) => void = () => undefined;
    let ended: (exit: SessionExit) => void = () => undefined;
    const received: ToSession[] = [];
    const session: FakeSession = {
      received,
      say: (message) => {
        listen(message);
      },
      exit: (exit) => {
        const tell = ended;
        ended = () => undefined;
        tell({ code: 0, signal: null, lastWords: "", ...exit });
      },
    };
    sessions.push(session);
    return {
      send: (message) => {
        received.push(message);
        if (message.type === "goodbye") session.exit();
      },
      onMessage: (listener) => {
        listen = listener;
      },
      onExit: (listener) => {
        ended = listener;
      },
      kill: () => {
        session.exit({ code: null, signal: "SIGKILL" });
      },
    };
  };
  return { host: { start }, sessions };
}

/** Closes an api whose sessions leave at once when it closes. */
export async function closePlayed(api: Api, sessions: readonly FakeSession[]): Promise<void> {
  const closed = api.close();
  for (const session of sessions) session.exit();
  await closed;
}

export const ready: FromSession = {
  type: "ready",
  engine: { name: "wasm", version: "none", device: "CPU", threads: 1 },
  compilation: { mode: "eager", reason: "It is a trial." },
};

export const measurement = (step: number): Measurement => ({
  step,
  values: {
    ...{ lossGenerator: 1, lossDiscriminator: 2, scoreReal: 0, scoreGenerated: 0 },
    ...{ gradientNormGenerator: 0, gradientNormDiscriminator: 0 },
    ...{ learningRateGenerator: 0, learningRateDiscriminator: 0 },
  },
});

export const progressAt = (...steps: number[]): FromSession => ({
  type: "progress",
  progress: {
    ...{ step: steps.at(-1) ?? 0, epoch: 0, stepsPerEpoch: 4, totalSteps: 8 },
    ...{ millisecondsPerStep: 1, imagesPerSecond: 1, secondsLeft: 1 },
    measurements: steps.map(measurement),
  },
});

export const commitAt = (step: number, changes: Partial<Commit> = {}): FromSession => ({
  type: "commit",
  commit: {
    ...{ step, epoch: 0, seconds: 1, samples: [], checkpoint: null },
    measurements: [measurement(step)],
    ...changes,
  },
});
