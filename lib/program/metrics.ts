/** The process's own numbers, and the port of their own that metrics may have. */
import manifest from "../../deno.json" with { type: "json" };
import { eventLoop } from "../event_loop.ts";
import { loadTracing } from "../metrics/load_tracing.ts";
import { Metrics } from "../metrics/metrics.ts";
import type { Config } from "./config/config.ts";
import { listen, type Listener } from "./listen.ts";
import type { Logger } from "./log.ts";
import { availableMemory, memoryLimit } from "./memory.ts";

export async function createMetrics(config: Config): Promise<Metrics> {
  const startedAt = Date.now() - performance.now();
  return new Metrics({
    tracing: await loadTracing(manifest.version),
    loop: eventLoop,
    process: () => ({
      version: manifest.version,
      deno: Deno.version.deno,
      startedAt,
      uptime: performance.now(),
      memory: Deno.memoryUsage(),
      memoryLimit: memoryLimit(config, availableMemory()),
      // The global loads when it is first used: with the first scrape.
      // deno-lint-ignore no-process-global
      cpu: process.cpuUsage(),
    }),
  });
}

/** Listens where CONFAB_METRICS says, if it names a port. Throws `StartError`. */
export function listenForMetrics(
  { metrics: door, worker }: Config,
  metrics: Pick<Metrics, "page">,
  log: Logger,
): Listener | null {
  if (door.at !== "port") return null;
  const { host } = door;
  // Each worker has its own numbers, and so its own port: the one that is set, the next, …
  const port = door.port === 0 ? 0 : door.port + Math.max(0, worker - 1);
  const listener = listen({
    host,
    port,
    log,
    setting: "CONFAB_METRICS",
    fetch: (request) => answer(request, metrics),
  });
  log.info("metrics are served", { host, port: listener.port, path: "/metrics" });
  return listener;
}

async function answer(request: Request, metrics: Pick<Metrics, "page">): Promise<Response> {
  // The URL is the runtime's guess from an unchecked Host header: it may be no URL at all.
  const path = URL.parse(request.url)?.pathname;
  if (path !== "/metrics") return new Response("Metrics are at /metrics.\n", { status: 404 });
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Metrics can only be read.\n", { status: 405, headers: { allow: "GET" } });
  }
  const { type, text } = await metrics.page();
  return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
}
