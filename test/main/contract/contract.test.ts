import { describe, expect, it } from "vitest";
import { createClient } from "../../../main/contract/client.ts";
import { commands, type Handlers } from "../../../main/contract/commands.ts";
import { dispatch } from "../../../main/contract/dispatch.ts";
import { measures } from "../../../main/contract/runs.ts";
import type { Transport } from "../../../main/contract/transport.ts";
import { decode, encode } from "../../../main/contract/wire.ts";
import { measureColumns } from "../../../main/store/measurements.ts";

describe("the wire form", () => {
  it("carries what JSON loses", () => {
    const value = {
      numbers: [1, NaN, Infinity, -Infinity, 0.1],
      bytes: Uint8Array.from({ length: 70_000 }, (_, i) => i % 256),
      nothing: null,
      text: "«ä» 😀",
    };
    expect(decode(encode(value))).toEqual(value);
  });

  it("drops what was left undefined, as JSON does", () => {
    expect(decode(encode({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  it("makes no prototype out of a name", () => {
    const decoded = decode('{"__proto__": {"polluted": true}}') as { polluted?: boolean };
    expect(decoded.polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("refuses text that is no JSON", () => {
    expect(() => decode("{")).toThrow(SyntaxError);
  });
});

describe("the client", () => {
  it("has a method for every command and passes payloads on", async () => {
    const asked: unknown[] = [];
    const transport = {
      invoke: (command: string, payload: unknown) => {
        asked.push([command, payload]);
        return Promise.resolve("answer");
      },
      subscribe: () => () => undefined,
    } as unknown as Transport;
    const client = createClient(transport) as unknown as Record<
      string,
      Record<string, (payload: unknown) => Promise<unknown>>
    >;
    for (const name of Object.keys(commands)) {
      const [noun = "", verb = ""] = name.split(".");
      expect(await client[noun]?.[verb]?.({ name })).toBe("answer");
    }
    expect(asked).toEqual(Object.keys(commands).map((name) => [name, { name }]));
  });
});

describe("dispatch", () => {
  const handlers = { "runs.get": ({ id }: { id: string }) => id } as unknown as Handlers;

  it("hands a payload that fits to the handler", async () => {
    expect(await dispatch(handlers, "runs.get", { id: "a-1" })).toBe("a-1");
  });

  it.each([
    ["runs.get", {}, /runs\.get, id/],
    ["runs.get", { id: "../../etc" }, /is not an id/],
    ["runs.get", { id: "a", more: 1 }, /more/],
    ["runs.get", null, /runs\.get, payload/],
    ["runs.get", { id: ["a"] }, /id/],
    ["constructor", {}, /no command «constructor»/],
    ["__proto__", {}, /no command/],
  ])("refuses %s with %o, naming what is wrong", async (name, payload, message) => {
    await expect(dispatch(handlers, name, payload)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(message) as string,
    });
  });
});

it("the store keeps exactly what the contract calls measures", () => {
  expect([...measureColumns]).toEqual([...measures]);
});
