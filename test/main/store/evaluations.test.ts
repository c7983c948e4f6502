import { describe, expect, it } from "vitest";
import { listEvaluations, putEvaluation } from "../../../main/store/evaluations.ts";
import { rewindRun } from "../../../main/store/rewind.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

const id = "run-1";

function homeWithRun() {
  const home = openExample();
  insertRun(home, newRun({ id }));
  return home;
}

describe("evaluations", () => {
  it("come back as they were stored, by step", () => {
    const home = homeWithRun();
    const [late, early] = [
      evaluationExample(9, 1),
      evaluationExample(2, 3, { remarks: ["«Few»."] }),
    ];
    putEvaluation(home, id, late, 1);
    putEvaluation(home, id, early, 2);
    expect(listEvaluations(home, id)).toEqual([early, late]);
  });

  it("keep what is no finite number", () => {
    const home = homeWithRun();
    const odd = { value: Infinity, low: -Infinity, high: NaN };
    putEvaluation(home, id, evaluationExample(1, 1, { values: { reverseDivergence: odd } }), 1);
    expect(listEvaluations(home, id)[0]?.values.reverseDivergence).toEqual(odd);
  });

  it("of one step replace each other by one protocol and stand beside each other by two", () => {
    const home = homeWithRun();
    const first = evaluationExample(1, 1);
    const other = { ...first, protocol: { ...first.protocol, images: 500 } };
    for (const [at, one] of [first, other, evaluationExample(1, 2)].entries()) {
      putEvaluation(home, id, one, at);
    }
    expect(listEvaluations(home, id).map(({ values }) => values.frechetDistance?.value)).toEqual([
      1, 2,
    ]);
  });

  it("of steps that come again are forgotten", () => {
    const home = homeWithRun();
    putEvaluation(home, id, evaluationExample(1, 1), 1);
    rewindRun(home, id, 0, 2);
    expect(listEvaluations(home, id)).toEqual([]);
  });

  it("of an unknown run are refused, and none are listed", () => {
    const home = openExample();
    expect(() => {
      putEvaluation(home, "nobody", evaluationExample(1, 1), 1);
    }).toThrow("There is no run «nobody»");
    expect(listEvaluations(home, "nobody")).toEqual([]);
  });
});
