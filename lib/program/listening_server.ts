/**
 * A server of Deno's that can stop listening while its WebSockets go on, for which there is no
 * public call: `shutdown()` says goodbye to all of them. It knows nothing about what is served.
 *
 * What listens is a "resource" of the runtime; closing that frees the port and ends the plain HTTP
 * connections, and leaves alone what was upgraded. How to reach it is undocumented and may change
 * with any version of Deno: then `shutdown()` is used, and clients connect anew
 * (docs/decisions/0033).
 */

/** The part of `Deno.serve` that is used. */
export type Serve = (
  options: Deno.ServeTcpOptions & Partial<Deno.TlsCertifiedKeyPem>,
  handler: Deno.ServeHandler<Deno.NetAddr>,
) => Deno.HttpServer<Deno.NetAddr>;

export interface ListeningServer {
  readonly port: number;
  /** Resolves when it no longer listens, rejects if it stopped over an error. */
  readonly finished: Promise<void>;
  /** Accepts no more connections and waits for requests in progress; closes its WebSockets. */
  shutdown(): Promise<void>;
  /** Frees the port at once. Its WebSockets stay open, if this version of Deno lets them. */
  release(): void;
}

interface Resources {
  /** Their names, by their numbers. */
  resources(): Record<string, string>;
  /** Closing a closed resource does nothing. */
  tryClose(id: number): void;
}

/** Listens; throws what `Deno.serve` throws. */
export function beginListening(
  serve: () => Deno.HttpServer<Deno.NetAddr>,
  runtime: Resources | null = resources(),
): ListeningServer {
  const before = new Set(Object.keys(runtime?.resources() ?? {}));
  const server = serve();
  const own = Object.entries(runtime?.resources() ?? {})
    .filter(([id, name]) => name === "http" && !before.has(id))
    .map(([id]) => Number(id));
  return {
    port: server.addr.port,
    finished: server.finished,
    shutdown: () => server.shutdown(),
    release() {
      own.forEach((id) => runtime?.tryClose(id));
      if (own.length === 0) void server.shutdown();
    },
  };
}

function resources(): Resources | null {
  // The casts: undocumented APIs have no types; the results are checked.
  const { internal } = Deno as unknown as { internal?: symbol };
  if (typeof internal !== "symbol") return null;
  const inside = (Deno as unknown as Record<symbol, { core?: Partial<Resources> }>)[internal];
  const { resources, tryClose } = inside?.core ?? {};
  return typeof resources === "function" && typeof tryClose === "function"
    ? { resources, tryClose }
    : null;
}
