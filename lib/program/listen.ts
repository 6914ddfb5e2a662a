/**
 * Keeps listening on a port until told to stop. It knows Deno's server, and nothing about what is
 * served.
 */
import { StartError } from "./data_folder.ts";
import type { Logger } from "./log.ts";

export interface ListenOptions {
  host: string;
  /** 0 takes a free port, and keeps it while listening. */
  port: number;
  log: Logger;
  fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
  /** Waits between attempts to listen again; in milliseconds. */
  pause?(ms: number): Promise<void>;
  serve?: Serve;
}

/** The part of `Deno.serve` that is used. */
export type Serve = (
  options: Deno.ServeTcpOptions,
  handler: Deno.ServeHandler<Deno.NetAddr>,
) => Deno.HttpServer<Deno.NetAddr>;

export interface Listener {
  port: number;
  /** Accepts no more connections and waits for requests in progress. */
  stop(): Promise<void>;
}

/** Between attempts to listen again: long enough for file descriptors to be freed. */
const RELISTEN_PAUSE = 100;

/** Listens; throws `StartError` if the address is not available. */
export function listen(options: ListenOptions): Listener {
  const { host, log } = options;
  let server = serve(options, options.port);
  const { port } = server.addr;
  let stopping = false;

  // Deno.serve ends when accept() fails, as it does when file descriptors run out (EMFILE). A
  // client can cause that by opening connections; it must not end the server, so we listen again.
  const watch = async (): Promise<void> => {
    while (!stopping) {
      const cause = await server.finished.then(() => undefined, (error: unknown) => error);
      if (stopping) return;
      log.error("the server stopped listening; it listens again", { host, port, error: cause });
      await again();
    }
  };
  const again = async (): Promise<void> => {
    const pause = options.pause ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    while (!stopping) {
      await pause(RELISTEN_PAUSE);
      if (stopping) return;
      try {
        server = serve(options, port);
        return;
      } catch (error) {
        log.error("cannot listen yet", { host, port, error });
      }
    }
  };
  const watching = watch();

  return {
    port,
    async stop() {
      stopping = true;
      await server.shutdown();
      await watching;
    },
  };
}

function serve(options: ListenOptions, port: number): Deno.HttpServer<Deno.NetAddr> {
  try {
    return (options.serve ?? Deno.serve)({
      hostname: options.host,
      port,
      automaticCompression: true,
      onListen: () => {}, // the program prints its address itself
      onError: (error) => {
        options.log.error("a request failed", { error });
        return new Response("Internal Server Error", { status: 500 });
      },
    }, (request, info) => options.fetch(request, info));
  } catch (error) {
    throw new StartError(`Cannot listen on ${options.host}, port ${port}: ${why(error)}.`, {
      cause: error,
    });
  }
}

function why(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "another program listens there; PORT chooses another one";
  }
  if (error instanceof Deno.errors.NotCapable) {
    return `Confab was not given permission; "deno task start" grants what the settings need, ` +
      "else add --allow-net";
  }
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
