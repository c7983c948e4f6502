/**
 * Values as text between Node and the page, with the kinds that Electron's structured clones carry.
 * The function is also sent to the page as source, so it uses nothing from outside itself.
 */

export interface Wire {
  /** Throws for what a structured clone refuses. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export function createWire(): Wire {
  interface Tagged {
    $: string;
    of?: unknown;
    name?: string;
  }
  const bytesText = (bytes: Uint8Array): string => {
    let text = "";
    for (let i = 0; i < bytes.length; i += 32768)
      text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(text);
  };
  const textBytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  const pack = (value: unknown): unknown => {
    if (value === undefined) return { $: "undefined" };
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain ? value : { $: "number", of: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (typeof value !== "object") throw new Error("An object could not be cloned.");
    if (Array.isArray(value)) return value.map(pack);
    if (value instanceof Error) return { $: "error", name: value.name, of: value.message };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const name = value.constructor.name === "Buffer" ? "Uint8Array" : value.constructor.name;
      return { $: "bytes", name, of: bytesText(bytes) };
    }
    return { $: "object", of: Object.entries(value).map(([key, item]) => [key, pack(item)]) };
  };

  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(unpack);
    const { $: kind, of, name = "" } = value as Tagged;
    switch (kind) {
      case "undefined":
        return undefined;
      case "number":
        return Number(of);
      case "error":
        return Object.assign(new Error(of as string), { name });
      case "bytes": {
        const kinds = globalThis as unknown as Record<string, new (of: ArrayBuffer) => unknown>;
        const View = kinds[name];
        if (!View) throw new Error(`no ${name} here`);
        return new View(textBytes(of as string).buffer);
      }
      default:
        return Object.fromEntries(
          (of as [string, unknown][]).map(([key, item]) => [key, unpack(item)]),
        );
    }
  };
  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
