// @vitest-environment node
import { expect, test } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { Unusable } from "../../../renderer/datasets/unusable.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";

test("the files come with their reasons; a failure says why and can be tried again", async () => {
  let fails = true;
  const unusable = [{ file: "a.png", reason: "It is empty." }];
  const transport = createFakeTransport({
    "datasets.get": () => {
      if (fails) throw new Problem("data.unknown", "There is no such data set.");
      return exampleDataset({ unusable });
    },
  });
  const files = new Unusable(createStudio(transport), "photos");
  await files.load();
  expect([files.files, files.problem]).toEqual([null, "There is no such data set."]);
  fails = false;
  await files.load();
  expect([files.files, files.problem]).toEqual([unusable, null]);
});
