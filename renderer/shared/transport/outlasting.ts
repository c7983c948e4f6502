/**
 * What lasts outlasts a lost connection: the program goes on with it meanwhile, so its answer is waited for
 * once more when the program can be reached again. All else that was asked for fails at once, and may be
 * asked for again.
 */
import type { Work } from "../../../main/contract/works.ts";
import { lastingCommands } from "../../../main/contract/works.ts";
import { encode } from "../../../main/contract/wire.ts";
import { Problem } from "../../../main/spec/problem.ts";

type Ask = (command: string, payload: unknown) => Promise<unknown>;

/**
 * `ask` throws `unreachable` where nobody answers; while that lasts, it is tried every `pause`
 * milliseconds until `isOver`.
 */
export function outlasting(ask: Ask, isOver: () => boolean, pause = 500): Ask {
  async function found(command: string, payload: unknown): Promise<string | null> {
    if (command === "works.join") return (payload as { id: string }).id;
    const { works } = (await ask("works.list", {})) as { works: readonly Work[] };
    const words = encode(payload);
    const isSame = (work: Work) => work.command === command && encode(work.payload) === words;
    return works.findLast(isSame)?.id ?? null;
  }

  return async (command, payload) => {
    let wait = () => ask(command, payload);
    const again = async () => {
      const id = await found(command, payload);
      if (id !== null) return await ask("works.join", { id });
      throw new Problem(
        "run.state",
        "The connection was lost, and this is not under way any more: it has ended meanwhile, or never began. Look for what it made, or start it again.",
      );
    };
    for (;;) {
      try {
        return await wait();
      } catch (thrown) {
        const isLost = thrown instanceof Problem && thrown.code === "unreachable";
        const lasts = command === "works.join" || Object.hasOwn(lastingCommands, command);
        if (!isLost || !lasts || isOver()) throw thrown;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
      wait = again;
    }
  };
}
