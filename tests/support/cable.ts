/**
 * The network between a program and a server: a TCP proxy that can be cut. While it is cut nothing
 * passes in either direction and nobody is told, not even of an end: connections stand half-open,
 * as behind a router that lost its power. Once mended, what waited is delivered, as TCP repeats it.
 */

export interface Cable extends AsyncDisposable {
  readonly port: number;
  /** The given URL, through this cable. */
  through(url: string): string;
  cut(): void;
  mend(): void;
  /** Ends every connection at once, on both sides, as a proxy that restarts. */
  drop(): void;
}

/** A cable to a port of this machine. */
export function startCable(to: number): Cable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let gap: PromiseWithResolvers<void> | null = null;

  const mend = () => {
    gap?.resolve();
    gap = null;
  };
  const pump = async (from: Deno.Conn, into: Deno.Conn) => {
    const buffer = new Uint8Array(65_536);
    try {
      for (let size = await from.read(buffer); size !== null; size = await from.read(buffer)) {
        await gap?.promise;
        for (let sent = 0; sent < size;) sent += await into.write(buffer.subarray(sent, size));
      }
    } catch {
      // Either side has gone: the other is told below.
    }
    await gap?.promise;
    close(from, into);
  };
  const close = (...connections: Deno.Conn[]) => {
    for (const connection of connections) if (open.delete(connection)) connection.close();
  };
  const join = async (client: Deno.Conn) => {
    open.add(client);
    await gap?.promise;
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: to });
      if (!open.has(client)) return server.close();
      open.add(server);
      await Promise.all([pump(client, server), pump(server, client)]);
    } catch {
      close(client);
    }
  };
  const serving = (async () => {
    for await (const client of listener) join(client);
  })();

  const { port } = listener.addr as Deno.NetAddr;
  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.hostname = "127.0.0.1";
      changed.port = String(port);
      return changed.href;
    },
    cut() {
      gap ??= Promise.withResolvers<void>();
    },
    mend,
    drop() {
      close(...open);
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      close(...open);
      mend();
      await serving;
    },
  };
}
