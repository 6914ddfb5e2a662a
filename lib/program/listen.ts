/**
 * Keeps listening on a port until told to stop, with another certificate when there is one. It
 * knows Deno's server, and nothing about what is served.
 */
import { StartError } from "./data_folder.ts";
import { beginListening, type ListeningServer, type Serve } from "./listening_server.ts";
import type { Logger } from "./log.ts";
import { RequestsInProgress } from "./requests_in_progress.ts";
import type { CertifiedKey } from "./tls/certified_key.ts";

export type { Serve } from "./listening_server.ts";

export interface ListenOptions {
  host: string;
  /** 0 takes a free port, and keeps it while listening. */
  port: number;
  log: Logger;
  /** The setting that says where, for messages; PORT by default. */
  setting?: string;
  fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
  /** With it TLS is spoken, and nothing else. */
  certifiedKey?: CertifiedKey | null;
  /** Whether other processes of this user may listen there too, each with its share of clients. */
  reusePort?: boolean;
  /** Waits between attempts to listen again; in milliseconds. */
  pause?(ms: number): Promise<void>;
  serve?: Serve;
}

export interface Listener {
  port: number;
  /**
   * From now on shows clients this certificate. Waits for a moment without a request in progress,
   * though no longer than half a minute; sockets that are open stay open.
   */
  renew(certifiedKey: CertifiedKey): Promise<void>;
  /** Accepts no more connections and waits for requests in progress. */
  stop(): Promise<void>;
}

/**
 * Connections that the system keeps until they are accepted; it may have a lower limit of its own
 * (Linux: net.core.somaxconn, 4,096). Whoever finds no place comes again after a second, then after
 * two, four and eight: when thousands come back at once, as after a restart, that is what the last
 * of them would wait for.
 */
const BACKLOG = 4_096;
/** Between attempts to listen again: long enough for file descriptors to be freed. */
const RELISTEN_PAUSE = 100;
/** The port is free a turn or two of the event loop after it was released. */
const RELEASE_PAUSE = 1;
const RELEASE_ATTEMPTS = 100;
/** How long a renewed certificate waits for requests to end; in milliseconds. */
const RENEWAL_WAIT = 30_000;

/** Listens; throws `StartError` if the address is not available. */
export function listen(options: ListenOptions): Listener {
  return new KeptListener(options);
}

/**
 * The port itself, or for 0 a free one: for several processes that are about to share it, which
 * would not notice that somebody else has it. Throws `StartError` if it is taken.
 */
export function freePort(host: string, port: number): number {
  try {
    using listener = Deno.listen({ hostname: host, port });
    return listener.addr.port;
  } catch (error) {
    throw cannotListen(host, port, "PORT", error);
  }
}

class KeptListener implements Listener {
  readonly port: number;
  readonly #options: ListenOptions;
  readonly #inProgress = new RequestsInProgress();
  readonly #watching: Promise<void>;
  #certifiedKey: CertifiedKey | null;
  #server: ListeningServer;
  /** By the server with a renewed certificate: the end of the one before is no fault then. */
  #replacement = Promise.resolve();
  #stopping = false;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#certifiedKey = options.certifiedKey ?? null;
    this.#server = this.#serve(options.port);
    this.port = this.#server.port;
    this.#watching = this.#watch();
  }

  async renew(certifiedKey: CertifiedKey): Promise<void> {
    this.#certifiedKey = certifiedKey;
    await this.#inProgress.none(RENEWAL_WAIT);
    if (this.#stopping) return;
    this.#replacement = this.#replace();
    await this.#replacement;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#replacement;
    await this.#server.shutdown();
    await this.#watching;
  }

  // Deno.serve ends when accept() fails, as it does when file descriptors run out (EMFILE). A
  // client can cause that by opening connections; it must not end the server, so we listen again.
  async #watch(): Promise<void> {
    const { host, log } = this.#options;
    while (!this.#stopping) {
      const server = this.#server;
      const cause = await server.finished.then(() => undefined, (error: unknown) => error);
      await this.#replacement;
      if (this.#stopping) return;
      if (this.#server !== server) continue;
      log.error("the server stopped listening; it listens again", {
        host,
        port: this.port,
        error: cause,
      });
      await this.#again();
    }
  }

  async #again(): Promise<void> {
    const { host, log } = this.#options;
    while (!this.#stopping) {
      await this.#pause(RELISTEN_PAUSE);
      if (this.#stopping) return;
      try {
        this.#server = this.#serve(this.port);
        return;
      } catch (error) {
        log.error("cannot listen yet", { host, port: this.port, error });
      }
    }
  }

  async #replace(): Promise<void> {
    this.#server.release();
    for (let attempt = 0; attempt < RELEASE_ATTEMPTS && !this.#stopping; attempt++) {
      try {
        this.#server = this.#serve(this.port);
        return;
      } catch {
        await this.#pause(RELEASE_PAUSE);
      }
    }
    await this.#again();
  }

  #pause(ms: number): Promise<void> {
    return this.#options.pause?.(ms) ?? new Promise((done) => setTimeout(done, ms));
  }

  #serve(port: number): ListeningServer {
    const { host, log, setting = "PORT", fetch, reusePort = false, serve = Deno.serve } =
      this.#options;
    const handler: Deno.ServeHandler<Deno.NetAddr> = this.#certifiedKey === null
      ? (request, info) => fetch(request, info)
      : (request, info) => {
        this.#inProgress.add(info.completed);
        return fetch(request, info);
      };
    try {
      return beginListening(() =>
        serve({
          hostname: host,
          port,
          reusePort,
          tcpBacklog: BACKLOG,
          automaticCompression: true,
          ...this.#certifiedKey,
          onListen: () => {}, // the program prints its address itself
          onError: (error) => {
            log.error("a request failed", { error });
            return new Response("Internal Server Error", { status: 500 });
          },
        }, handler)
      );
    } catch (error) {
      throw cannotListen(host, port, setting, error);
    }
  }
}

function cannotListen(host: string, port: number, setting: string, error: unknown): StartError {
  const reason = why(error, setting);
  return new StartError(`Cannot listen on ${host}, port ${port}: ${reason}.`, { cause: error });
}

function why(error: unknown, setting: string): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `another program listens there; ${setting} chooses another one`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "this machine has no such address; HOST chooses another one";
  }
  if (error instanceof Error && error.message.startsWith("failed to lookup address")) {
    return "no machine is known by that name; HOST chooses another one";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `the system does not permit it to this user (ports below 1024 are mostly root's); ` +
      `${setting} chooses another one`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    return `Confab was not given permission; "deno task start" grants what the settings need, ` +
      "else add --allow-net";
  }
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
