/** Each test is a tab of its own: what one keeps over a reload is not there in the next. */
import { beforeEach } from "vitest";

beforeEach(() => {
  if (typeof document !== "undefined") sessionStorage.clear();
});
