/** `gan-studio serve`: browser mode, until it is told to end. */
import type { Api } from "../../api/api.ts";
import { isLoopback } from "../../http/hosts.ts";
import type { RunningServer } from "../../http/server.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, savingTime, type AddCommand, type Given } from "../command.ts";
import { exitCodes, interruptCodes, jsonDocument, sentenceOf, type Outcome } from "../outcome.ts";
import type { Shell } from "../shell.ts";
import { wholeNumber } from "../values.ts";

interface ServeOptions {
  host: string;
  port?: number;
  json?: true;
}

const usualPort = 8420;

/** Milliseconds beyond the time for saving after which whatever holds the program up is left. */
const grace = 10_000;

export const serve: AddCommand = (program, perform) => {
  program
    .command("serve")
    .description("Opens GAN Studio for a browser, on this machine alone unless told otherwise.")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option(
      "--port <number>",
      `port to listen on; 0 for any (default: ${usualPort}, or any when that is taken)`,
      wholeNumber(0, 65_535),
    )
    .addHelpText(
      "after",
      examples(program, "serve", "serve --port 9000", "serve --host 0.0.0.0") +
        "\n\nThe printed address holds a secret: whoever has it can use this GAN Studio. From another\n" +
        "machine, prefer a tunnel (ssh -L 8420:127.0.0.1:8420 user@machine) to --host.",
    )
    .action(
      perform<ServeOptions>((given) => given.withApi(({ api }) => serveUntilTold(given, api))),
    );
};

async function serveUntilTold(given: Given<ServeOptions>, api: Api): Promise<Outcome> {
  const { shell, options } = given;
  // From the first moment on, for Ctrl-C may come before the address stands there.
  const told = toldToEnd(shell);
  const server = await listen(given, api);
  const { address } = server;
  shell.print(
    options.json
      ? jsonDocument({ address })
      : `Open this address in a browser:\n\n  ${address}\n\n`,
  );
  if (!isLoopback(options.host)) {
    shell.say("Other machines can reach this server, and what it sends is not encrypted.");
  }
  shell.say("Press Ctrl-C to end; runs in progress are saved first.");
  await told;
  await server.close();
  return { text: "", endsByInterrupt: true };
}

async function listen({ shell, options }: Given<ServeOptions>, api: Api): Promise<RunningServer> {
  const { startServer } = await import("../../http/server.ts");
  const { host, port } = options;
  const debug = shell.environment.GAN_STUDIO_DEBUG === "1";
  const onInternalError = (thrown: unknown) => {
    shell.say(sentenceOf(thrown, debug));
  };
  const start = (at: number) =>
    startServer({ api, host, port: at, page: shell.page, onInternalError });
  if (port !== undefined) return start(port);
  return start(usualPort).catch((thrown: unknown) => {
    if (isTaken(thrown)) return start(0);
    throw thrown;
  });
}

const isTaken = (thrown: unknown): boolean =>
  thrown instanceof Problem &&
  (thrown.cause as NodeJS.ErrnoException | undefined)?.code === "EADDRINUSE";

/** Resolves at the first Ctrl-C. From then on a second one, or too long a wait, ends the program. */
function toldToEnd(shell: Shell): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    shell.onInterrupt((signal) => {
      if (told) {
        shell.leave(interruptCodes[signal]);
        return;
      }
      told = true;
      shell.say("Saving and closing. Press Ctrl-C again to leave at once.");
      setTimeout(() => {
        shell.leave(exitCodes.failed);
      }, savingTime + grace).unref();
      resolve();
    });
  });
}
