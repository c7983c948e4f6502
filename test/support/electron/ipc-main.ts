/** `ipcMain`: the app's own handlers, called with an event that tells the frame as Electron does. */

type Handler = (event: object, ...values: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) throw new Error(`a second handler for «${channel}»`);
    handlers.set(channel, handler);
  },
};

export async function answerCall(
  channel: string,
  sender: { mainFrame: object },
  values: unknown[],
): Promise<{ result: unknown } | { error: string }> {
  try {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return { result: await handler({ sender, senderFrame: sender.mainFrame }, ...values) };
  } catch (thrown) {
    return { error: `Error invoking remote method '${channel}': ${String(thrown)}` };
  }
}
