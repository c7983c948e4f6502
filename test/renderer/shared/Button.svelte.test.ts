import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test, vi } from "vitest";
import Button from "../../../renderer/shared/Button.svelte";

const children = createRawSnippet(() => ({ render: () => "<span>Save</span>" }));

test("a button whose work is under way keeps the focus, and a second press does nothing", async () => {
  const onclick = vi.fn();
  const { rerender } = render(Button, { onclick, children });
  const button = screen.getByRole("button", { name: "Save" });
  button.focus();
  await fireEvent.click(button);
  await rerender({ busy: true });
  await fireEvent.click(button);
  expect(onclick).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(button);
  expect(button).toHaveProperty("disabled", false);
  expect(button.getAttribute("aria-disabled")).toBe("true");
});

test("a form is not sent by a button whose work is under way", async () => {
  render(Button, { submit: true, busy: true, children });
  expect(await fireEvent.click(screen.getByRole("button"))).toBe(false);
});
