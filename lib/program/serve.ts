/**
 * The command `serve`: prepares the data folder, serves the app that `lib/app.ts` composes,
 * restarts it when nothing else helps, and shuts it down cleanly.
 */
import { type AppEnvironment, createApp } from "../app.ts";
import type { Config } from "./config/config.ts";
import { loadSecret, prepareDataFolder, StartError } from "./data_folder.ts";
import { lockData } from "./data_lock.ts";
import { type Assets, developmentAssets, loadAssets } from "../fresh/assets.ts";
import { findStaticFiles, readStaticFiles, type StaticFiles } from "../fresh/static_files.ts";
import { writeFramesInPlace } from "./frame_writes.ts";
import { listen, type ListenOptions } from "./listen.ts";
import { createLogger, type Logger } from "./log.ts";
import { availableMemory, memoryLimit, usedMemory } from "./memory.ts";
import { createMetrics, listenForMetrics } from "./metrics.ts";
import { checkOpenFiles } from "./open_files.ts";
import { ROOT } from "./places.ts";
import { deadlineAfter, onSignals, type StopReason, stopWithin } from "./stopping.ts";
import { beginSuccession, type Succession } from "./succession.ts";
import type { Certificate } from "./tls/certificate.ts";

/** How long after startup the less urgent checks run, in milliseconds. */
const CHECK_DELAY = 2_000;
/** Otherwise a server too small for its users would restart for ever; in milliseconds. */
const RESTART_PAUSE = 10 * 60_000;

/**
 * Serves until a signal or a fault ends it, by itself or by workers; returns the exit code. Throws
 * `StartError`.
 * @param args as they were given, for the workers
 */
export async function serve(config: Config, args: readonly string[]): Promise<number> {
  const log = createLogger({
    level: config.log,
    now: Date.now,
    write: (line) => void Deno.stderr.writeSync(new TextEncoder().encode(line)),
    ...(config.worker === 0 ? {} : { always: { worker: config.worker } }),
  });
  surviveStrayErrors(log);
  writeFramesInPlace();
  if (config.workers === 1 || config.worker > 0) return await serveHere(config, log);
  const { supervise } = await import("./workers/supervise.ts");
  return await supervise({ config, args, log, announce });
}

/** Serves in this process. */
async function serveHere(config: Config, log: Logger): Promise<number> {
  await dropRights();
  await prepareDataFolder(config);
  using lock = await lockData(config, Deno.pid);
  for (const file of lock.unprotected) {
    log.warn("the file system keeps no locks: nothing keeps a second Confab from its data", {
      file,
    });
  }
  const { promise: stop, resolve: requestStop } = Promise.withResolvers<StopReason>();
  const fail = (error: unknown) => {
    log.error("the program cannot go on; it stops", { error });
    requestStop({ signal: null, code: 1 });
  };
  const metrics = await createMetrics(config);
  const scraped = listenForMetrics(config, metrics, log);
  const files = staticFiles();
  const environment: AppEnvironment = {
    now: Date.now,
    metrics,
    secret: await loadSecret(config, randomBytes),
    randomBytes,
    log,
    assets: config.development ? developmentAssets : await builtAssets(),
    staticFiles: files,
    apiDocs,
    memory: { limit: () => memoryLimit(config, availableMemory()), read: usedMemory },
    afterStart: () => goOn(config, log, files),
    fail,
    restart: restarter(() => apps.restart(), fail, log),
  };
  const certificate = await certificateOf(config);
  const apps = await beginSuccession(() => createApp(config, environment));
  const { host, port } = config;
  const listener = await listenOrClose({
    host,
    port,
    log,
    certifiedKey: certificate?.certifiedKey ?? null,
    reusePort: config.worker > 0,
    fetch: apps.fetch,
  }, apps);
  const stopRenewing = certificate?.lookAfter(listener, log);
  const removeSignals = onSignals(requestStop);
  if (config.worker > 0) void whenOrphaned(log).then(() => requestStop({ signal: null, code: 0 }));
  const scheme = certificate === null ? "http" : "https";
  announce(`Confab is at ${scheme}://${shownHost(host)}:${listener.port}\n`);
  const { signal, code } = await stop;
  log.info("stopping", { signal });
  stopRenewing?.();
  await drain(config, apps, signal);
  await stopWithin(deadlineAfter(signal), log, async () => {
    await apps.close();
    await listener.stop();
    await scraped?.stop();
  });
  metrics.close();
  removeSignals();
  return code;
}

/**
 * From now on `/readyz` refuses; everything else goes on for as long as the settings say, so that
 * balancers have time to notice.
 */
async function drain(config: Config, apps: Succession, signal: StopReason["signal"]) {
  apps.drain();
  if (signal !== "SIGTERM" || config.drain === 0) return;
  await new Promise((resolve) => setTimeout(resolve, config.drain * 1000));
}

/** A standalone executable is given all rights at its making; one that serves starts no process. */
async function dropRights(): Promise<void> {
  if (Deno.build.standalone) await Deno.permissions.revoke({ name: "run" });
}

/** Resolves when the process that started this worker is gone: nobody would stop it then. */
async function whenOrphaned(log: Logger): Promise<void> {
  const bytes = new Uint8Array(64);
  while (await Deno.stdin.read(bytes).catch(() => null) !== null);
  log.warn("the process that started this worker is gone");
}

/**
 * Runs once the first pages are served. The check opens a folder again and again, which we may read.
 */
function goOn(config: Config, log: Logger, files: StaticFiles): () => void {
  readStaticFiles(files).catch(() => {}); // the request for one says why
  const timer = setTimeout(() => {
    void checkOpenFiles({
      config,
      log,
      open: () => Deno.openSync(config.database.kind === "sqlite" ? config.dataDir : ROOT),
      pause: () => new Promise((resolve) => setTimeout(resolve)),
    });
  }, CHECK_DELAY);
  return () => clearTimeout(timer);
}

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

function announce(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(line));
}

/** `null` where the program speaks no TLS itself; the code for it is loaded with the first. */
async function certificateOf(config: Config): Promise<Certificate | null> {
  const { tlsCertificate, tlsKey } = config;
  if (tlsCertificate === null || tlsKey === null) return null;
  const { loadCertificate } = await import("./tls/certificate.ts");
  return await loadCertificate(config, { certificate: tlsCertificate, key: tlsKey });
}

async function listenOrClose(options: ListenOptions, apps: Succession) {
  try {
    return listen(options);
  } catch (error) {
    await apps.close();
    throw error;
  }
}

/** Restarts when asked, but not over and over. */
function restarter(
  restart: () => Promise<void>,
  fail: (error: unknown) => void,
  log: Logger,
): () => void {
  let restartedAt = -Infinity;
  return () => {
    if (performance.now() - restartedAt < RESTART_PAUSE) {
      return log.error("memory is above its limit again, which starting anew did not help");
    }
    restartedAt = performance.now();
    log.warn("memory is above its limit; the server starts anew");
    restart().catch(fail);
  };
}

/**
 * One unhandled rejection would end every conversation: it is a bug to log, not a reason to exit.
 */
function surviveStrayErrors(log: Logger): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("a promise was rejected and nobody asked", { error: event.reason });
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    log.error("an error was thrown and nobody caught it", { error: event.error });
  });
}

async function builtAssets(): Promise<Assets> {
  try {
    return await loadAssets(new URL("dist/", ROOT));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new StartError('The browser client is not built; run "deno task build" first.');
  }
}

/** Built files first: their names carry a hash, so nothing in static/ can take their place. */
function staticFiles(): StaticFiles {
  return new Map([
    ...findStaticFiles(new URL("static/", ROOT), { prefix: "/", immutable: false }),
    ...findStaticFiles(new URL("dist/assets/", ROOT), { prefix: "/assets/", immutable: true }),
  ]);
}

function apiDocs(): StaticFiles {
  const folder = new URL("dist/api/docs/", ROOT);
  return findStaticFiles(folder, { prefix: "/api/docs/", immutable: true });
}

function shownHost(host: string): string {
  if (/^(0\.0\.0\.0|127\.0\.0\.1|::1?)$/.test(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
