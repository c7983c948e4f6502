import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import PasteStack from "../../../renderer/design/PasteStack.svelte";

beforeEach(() => {
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = vi.fn();
});

test("a stack is read while it is typed, and used by a press", async () => {
  const used: Specification[] = [];
  const onclose = vi.fn();
  const { specification } = presetOf("vanilla-mlp");
  render(PasteStack, {
    props: {
      ...{ network: "generator", document: specification, onclose },
      onuse: (document: Specification) => used.push(document),
    },
  });
  const text = screen.getByRole("textbox");
  const use = screen.getByRole<HTMLButtonElement>("button", { name: "Replace the generator" });
  await fireEvent.input(text, {
    target: { value: "nn.Sequential(nn.Linear(50, 784), nn.GELU())" },
  });
  expect(screen.getByText(/^Line 1: nn\.GELU cannot be expressed here/)).toBeDefined();
  expect(use.disabled).toBe(true);
  await fireEvent.input(text, {
    target: { value: "nn.Sequential(nn.Linear(50, 784), nn.Tanh())" },
  });
  expect(screen.getByText("3 layers")).toBeDefined();
  await fireEvent.click(use);
  expect(used[0]?.latent.size).toBe(50);
  expect(onclose).toHaveBeenCalledOnce();
});
