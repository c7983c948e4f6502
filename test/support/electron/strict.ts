/** A stand-in that does not know a member says so: a silent nothing would let a test pass for nothing. */
export const strict = <Value extends object>(name: string, value: Value): Value =>
  new Proxy(value, {
    get(target, key) {
      if (key in target || typeof key === "symbol" || key === "then") {
        const member: unknown = Reflect.get(target, key);
        return typeof member === "function" ? (member.bind(target) as unknown) : member;
      }
      throw new Error(`the stand-in for Electron has no ${name}.${key}`);
    },
  });
