import { describe, expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

describe("mode collapse", () => {
  test("where images stay alike", () => {
    const checkup = () => ({ diversity: 0.03, duplicates: 1 });
    expect(only(caseOf({ checkup }))).toMatchObject({ id: "mode-collapse", severity: "serious" });
    const lost = (step: number) => ({ diversity: step < 100 ? 0.3 : 0.1 });
    expect(only(caseOf({ checkup: lost })).severity).toBe("warning");
  });

  test("of images that were never different is told once a slow start would be over", () => {
    const never = (steps: number) => caseOf({ steps, checkup: () => ({ diversity: 0.1 }) });
    expect(found(never(500))).toEqual([]);
    expect(only(never(700))).toMatchObject({ severity: "warning", since: 150 });
  });

  test("not of a slow start, where they become different little by little", () => {
    const checkup = (step: number) => ({ diversity: 0.06 + step / 10_000, duplicates: 1 });
    expect(found(caseOf({ checkup }))).toEqual([]);
    const falling = (step: number) => ({ diversity: 0.14 - step / 5000, duplicates: 1 });
    expect(found(caseOf({ checkup: falling }))).toEqual(["mode-collapse"]);
  });

  test("not while they become different", () => {
    const checkup = (step: number) => ({ diversity: step < 200 ? 0.03 : 0.3 });
    expect(found(caseOf({ checkup }))).toEqual([]);
  });

  test("what changes the weights is a new run, what does not a fork", () => {
    const { remedies } = only(caseOf({ checkup: () => ({ diversity: 0.03 }) }));
    const byTitle = (title: string) => remedies.find((remedy) => remedy.title.includes(title))?.by;
    expect(byTitle("minibatch discrimination")).toBe("start");
    expect(byTitle("learning rate")).toBe("fork");
    expect(byTitle("moved by")).toBe("fork");
  });
});
