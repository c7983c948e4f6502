// @vitest-environment node
import { expect, test } from "vitest";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { tellMended } from "../../../renderer/views/mended.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

const sentence = "The list of runs was damaged. It was made anew from the run folders: 2 runs.";

test("a list of runs that was mended is told until it is put away, and once", async () => {
  const transport = createFakeTransport({
    "system.notices": () => ({ notices: [sentence, sentence] }),
  });
  const notices = new Notices();
  const stop = tellMended(createStudio(transport), notices);
  await expect.poll(() => notices.shown).toHaveLength(1);
  expect(notices.shown[0]).toMatchObject({ text: sentence, tone: "warn", stays: true });
  stop();
});

test("nothing is said where nothing was mended, or nobody answers", async () => {
  const notices = new Notices();
  const none = createFakeTransport({ "system.notices": () => ({ notices: [] }) });
  tellMended(createStudio(none), notices)();
  tellMended(createStudio(createFakeTransport({})), notices)();
  await Promise.resolve();
  expect(notices.shown).toEqual([]);
});
