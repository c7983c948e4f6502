/** A disk that is full while a run is stored, played by failpoints in this process. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createClient } from "../../../main/contract/client.ts";
import { closePlayed, commitAt, fakeHost, progressAt, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
const room = join(folder, "room");
// Read once, when the module is loaded: hence the import after it.
vi.stubEnv("GAN_STUDIO_FAILPOINT", "commit.inside:1:full");
vi.stubEnv("GAN_STUDIO_FAILPOINT_UNTIL", room);
const { openApi } = await import("../../../main/api/open.ts");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const engine = "wasm";
const blocked = { type: "blocked", step: 4 } as const;
const problem = { code: "disk.full", message: "The disk is full: x. Free some space, y." } as const;

async function open() {
  rmSync(room, { force: true });
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const { id } = await client.runs.start({ specification: smallSpecification(), engine });
  const [session] = sessions;
  session!.say(ready);
  const detail = () => client.runs.get({ id });
  const sent = () => session!.received.map(({ type }) => type);
  return { api, client, id, session: session!, detail, sent };
}

const makeRoom = () => {
  writeFileSync(room, "");
};

describe("a run whose progress finds no room on the disk", () => {
  it("keeps what it has done though its process is killed while it waits", async () => {
    const { client, id, session, detail } = await open();
    session.say(commitAt(4));
    session.exit({ code: null, signal: "SIGKILL" });
    expect((await detail()).run).toMatchObject({ status: "paused", code: "disk.full", step: 0 });
    makeRoom();
    await client.runs.continue({ id });
    expect((await detail()).run).toMatchObject({
      ...{ status: "failed", code: "session.crashed", step: 4 },
    });
    expect((await client.runs.measurements({ id })).steps).toEqual([4]);
  });

  it("is paused with the reason, and stores everything in its order once there is room", async () => {
    const { client, id, session, detail, sent } = await open();
    session.say(progressAt(4));
    session.say(commitAt(4));
    expect((await detail()).run).toMatchObject({
      ...{ status: "paused", code: "disk.full", step: 0 },
      reason: expect.stringMatching(
        /full.*keeps all that it has done\. Free some space, then press Continue/,
      ) as string,
    });
    expect(sent()).toEqual(["start", "pause"]);
    session.say(commitAt(8));
    session.say({ type: "paused", step: 8 });
    expect((await client.runs.measurements({ id })).steps).toEqual([4]);
    await expect(client.runs.continue({ id })).rejects.toMatchObject({ code: "disk.full" });
    expect((await detail()).run.status).toBe("paused");
    expect(sent()).toEqual(["start", "pause"]);
    makeRoom();
    expect(await client.runs.continue({ id })).toMatchObject({ status: "running", reason: null });
    expect(sent().at(-1)).toBe("continue");
    session.say({ type: "continued", step: 8 });
    const { run, events } = await detail();
    expect(run).toMatchObject({ status: "running", step: 8, code: null, reason: null });
    expect((await client.runs.measurements({ id })).steps).toEqual([4, 8]);
    expect(events.map(({ kind }) => kind)).toContain("disk full");
  });

  it("finishes when there is room, though its session has gone by then", async () => {
    const { client, id, session, detail } = await open();
    session.say(commitAt(8));
    session.say({ type: "ended", outcome: "finished" });
    expect((await detail()).run.status).toBe("paused");
    makeRoom();
    expect(await client.runs.continue({ id })).toMatchObject({ status: "finished", step: 8 });
    expect((await detail()).run).toMatchObject({ status: "finished", code: null, reason: null });
  });

  it("can be stopped without room, and then says what is kept", async () => {
    const { client, id, session } = await open();
    session.say(commitAt(4));
    const stopped = await client.runs.stop({ id });
    expect(stopped).toMatchObject({ status: "failed", code: "disk.full", step: 0 });
    expect(stopped.reason).toMatch(/last checkpoint is kept/);
  });

  it("is stored and stopped where there is room again", async () => {
    const { client, id, session, detail } = await open();
    session.say(commitAt(4));
    makeRoom();
    const stopped = client.runs.stop({ id });
    session.say({ type: "ended", outcome: "stopped" });
    expect(await stopped).toMatchObject({ status: "stopped", step: 4 });
    expect((await detail()).run.status).toBe("stopped");
  });
});

describe("a session that cannot write its files", () => {
  it("waits, is paused with the reason, and tries again when it is continued", async () => {
    const { client, id, session, detail, sent } = await open();
    makeRoom();
    session.say({ ...blocked, problem });
    expect((await detail()).run).toMatchObject({ status: "paused", code: "disk.full" });
    const first = client.runs.continue({ id });
    expect(sent()).toEqual(["start", "continue"]);
    session.say({ ...blocked, problem });
    await expect(first).rejects.toMatchObject({ code: "disk.full" });
    const second = client.runs.continue({ id });
    session.say({ type: "continued", step: 4 });
    expect(await second).toMatchObject({ status: "running", code: null });
  });
});
