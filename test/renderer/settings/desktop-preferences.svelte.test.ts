import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { defaultPreferences, type Preferences } from "../../../main/contract/desktop.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { DesktopPreferences } from "../../../renderer/settings/desktop-preferences.svelte.ts";
import DesktopSetting from "../../../renderer/settings/DesktopSetting.svelte";
import type { Desktop } from "../../../renderer/shared/transport/desktop.ts";

function open(isFull = false) {
  let kept: Preferences = { ...defaultPreferences };
  const desktop: Desktop = {
    ask: (command, payload) => {
      if (command === "desktop.prefer") {
        if (isFull) return Promise.reject(new Problem("disk.full", "The disk is full."));
        kept = { ...kept, ...(payload as Partial<Preferences>) };
      }
      return Promise.resolve(kept) as never;
    },
    onWish: () => () => undefined,
  };
  render(DesktopSetting, { props: { preferences: new DesktopPreferences(desktop) } });
  const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
  return { box, kept: () => kept };
}

test("notifications and sleep are as they are kept, and each can be changed by itself", async () => {
  const { box, kept } = open();
  await waitFor(() => {
    expect([box(/^Notify/).checked, box(/^Keep the machine/).checked]).toEqual([true, true]);
  });
  await fireEvent.click(box(/^Keep the machine/));
  await waitFor(() => {
    expect(kept()).toEqual({ notifyOfEnds: true, stayAwake: false });
  });
  expect(box(/^Notify/).checked).toBe(true);
});

test("what cannot be kept is said", async () => {
  const { box, kept } = open(true);
  await waitFor(() => {
    expect(box(/^Notify/).disabled).toBe(false);
  });
  await fireEvent.click(box(/^Notify/));
  expect(await screen.findByText("The disk is full.")).toBeDefined();
  expect(kept()).toEqual(defaultPreferences);
});
