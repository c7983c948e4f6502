// @vitest-environment node
import { expect, test } from "vitest";
import { Licences } from "../../../renderer/settings/licences.svelte.ts";

const notice = {
  name: "a",
  version: "1.0.0",
  licence: "MIT",
  text: "Permission is hereby granted",
};

test("licences are asked for once, and again after a failure", async () => {
  const asked: string[] = [];
  let isThere = false;
  const licences = new Licences((address) => {
    asked.push(address);
    return Promise.resolve({ ok: isThere, json: () => Promise.resolve([notice]) });
  });
  await licences.load();
  expect(licences.notices).toBeNull();
  expect(licences.problem).toMatch(/cannot be read/);
  isThere = true;
  await licences.load();
  await licences.load();
  expect(licences.notices).toEqual([notice]);
  expect(licences.problem).toBeNull();
  expect(asked).toEqual(["licences.json", "licences.json"]);
});

test.each([
  ["no list", {}],
  ["a notice without its text", [{ ...notice, text: undefined }]],
])("what is %s is not shown", async (_case, answer) => {
  const licences = new Licences(() =>
    Promise.resolve({ ok: true, json: () => Promise.resolve(answer) }),
  );
  await licences.load();
  expect(licences.notices).toBeNull();
  expect(licences.problem).not.toBeNull();
});
