/**
 * Development: Vite's server in front (styles reload hot, everything else reloads the page), and
 * behind it the real server, which restarts when its files change. Both share one address, so that
 * cookies, Origin and the WebSocket work as in production.
 */
import type { ViteDevServer } from "vite";
import { type Config, readConfig } from "./lib/program/config/config.ts";
import { permissionFlags } from "./lib/program/deno_flags.ts";
import { loadVite, viteConfig } from "./vite.config.ts";

const ROOT = import.meta.dirname!;

/** What Vite answers itself: its own client, dependencies, and the browser's sources. */
const VITE_PATHS = "@|node_modules/|client\\.ts|settings\\.ts|api_docs\\.ts|islands/|lib/|__";

/** The server behind Vite: the real one, except for where pages find their script. */
function startServer(port: number): Deno.ChildProcess {
  const args = [...Deno.args, "--port", String(port), "--host", "127.0.0.1"]; // the last one counts
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P", ...permissionFlags(settings(args)), "main.ts", ...args],
    cwd: ROOT,
    env: { CONFAB_DEVELOPMENT: "1" },
    stdout: "null", // its own address would only mislead
  }).spawn();
}

async function stopServer(server: Deno.ChildProcess): Promise<void> {
  try {
    server.kill("SIGTERM");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a mistake in the source ended it already
  }
  await server.status;
}

/**
 * Resolves when the server answers or has ended; if it ended, its own words are on the terminal.
 */
async function answering(server: Deno.ChildProcess, port: number): Promise<void> {
  let over = false;
  server.status.then(() => over = true);
  while (!over) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      return connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Yields once for each burst of changes, because editors write a file in several steps. */
async function* changes(watcher: Deno.FsWatcher): AsyncGenerator<void> {
  let pending = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      clearTimeout(timer);
      timer = setTimeout(() => pending.resolve(), 100);
    }
  })();
  while (true) {
    await pending.promise;
    pending = Promise.withResolvers();
    yield;
  }
}

async function startVite(host: string, port: number, behind: number): Promise<ViteDevServer> {
  const { createServer } = await loadVite();
  const vite = await createServer({
    ...viteConfig(ROOT),
    server: {
      host,
      port,
      strictPort: true,
      watch: { ignored: ["**/data/**", "**/dist*/**", "**/tests/**"] },
      proxy: {
        [`^/(?!${VITE_PATHS})`]: {
          target: `http://127.0.0.1:${behind}`,
          ws: true,
          configure: (proxy) => proxy.on("proxyRes", (answer) => allowInlineStyles(answer.headers)),
        },
      },
    },
    plugins: [{ name: "confab-client", transform: addViteClient }],
  });
  return await vite.listen();
}

/** Vite inserts styles by script. In production they are linked, and the CSP is strict. */
function allowInlineStyles(headers: Record<string, unknown>): void {
  const name = "content-security-policy";
  const policy = headers[name];
  if (typeof policy === "string") {
    headers[name] = policy.replace(/style-src ([^;]*)/, "style-src $1 'unsafe-inline'");
  }
}

/** The pages do not link Vite's script: the entry brings it along. */
function addViteClient(code: string, id: string): string | undefined {
  const isEntry = id === `${ROOT}/client.ts` || id === `${ROOT}/settings.ts`;
  return isEntry ? `import "/@vite/client";\n${code}` : undefined;
}

function settings(args: readonly string[]): Config {
  return readConfig(Deno.env.toObject(), args);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

const { host, port } = settings(Deno.args);
const behind = freePort();
const vite = await startVite(host, port === 0 ? freePort() : port, behind);
let server = startServer(behind); // last: whatever fails before leaves nothing behind
await answering(server, behind);
const address = vite.resolvedUrls?.local[0] ?? vite.resolvedUrls?.network[0];
// deno-lint-ignore no-console -- a command that says where it is
console.log(`Confab is at ${address?.replace(/\/$/, "")}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, async () => {
    await Promise.all([vite.close(), stopServer(server)]);
    Deno.exit(0);
  });
}

for await (const _ of changes(Deno.watchFs([`${ROOT}/lib`, `${ROOT}/routes`]))) {
  await stopServer(server);
  server = startServer(behind);
}
