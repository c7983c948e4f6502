import { expect, it } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { fakeHost } from "../../support/fake-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("a benchmark is ended with its process, and one that nobody does is no fault", async () => {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  expect(await api.invoke("system.cancelBench", {})).toEqual({ cancelled: false });
  const bench = { preset: "lsgan-dc", steps: 100_000, warmup: 0, engine: "auto" } as const;
  const measured = expect(api.invoke("system.bench", bench)).rejects.toMatchObject({
    code: "bench.cancelled",
  });
  await expect.poll(() => sessions.length).toBe(1);
  expect(await api.invoke("system.cancelBench", {})).toEqual({ cancelled: true });
  await measured;
  expect(sessions[0]?.received.map(({ type }) => type)).toEqual(["start"]);
  expect(await api.invoke("system.cancelBench", {})).toEqual({ cancelled: false });
  await api.close();
});
