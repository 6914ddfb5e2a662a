/**
 * The command line: which command, its settings, its exit code. `serve` starts the app that
 * `lib/app.ts` composes, and stops it in order. It holds no rule of the chat.
 *
 * Exit codes: 0 done, 1 it could not start or had to stop, 2 a setting or an argument is wrong.
 */
import manifest from "../deno.json" with { type: "json" };
import type { App } from "./app.ts";
import { type Config, ConfigError, readConfig, SETTINGS, settingsHelp } from "./config.ts";
import { loadSecret, prepareDataFolder, StartError } from "./data_folder.ts";
import { type Assets, developmentAssets, loadAssets } from "./fresh/assets.ts";
import { loadStaticFiles, type StaticFiles } from "./fresh/static_files.ts";
import { listen } from "./listen.ts";
import { createLogger, type Logger } from "./log.ts";
import { permissionFlags } from "./permissions.ts";

const ROOT = new URL("../", import.meta.url);

/** After this long a stop that hangs is cut short, milliseconds. */
const STOP_DEADLINE = 10_000;
/** Signals within this time are one, milliseconds. */
const SAME_WISH = 500;

const HELP = `Confab ${manifest.version}: a self-hosted chat.

Usage: confab [serve] [--setting value …]
       confab permissions   what Deno must allow for the settings, for "deno run"
       confab --help | --version

Settings, as variables or flags:
${settingsHelp()}
`;

/** Runs a command to its end and gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, rest] = /^[a-z]/.test(args[0] ?? "") ? [args[0], args.slice(1)] : ["serve", args];
  try {
    if (args.some((each) => each === "--help" || each === "-h") || command === "help") {
      return print(HELP);
    }
    if (args[0] === "--version" || args[0] === "-V") return print(`confab ${manifest.version}\n`);
    if (command === "permissions") return print(permissionsFor(rest));
    if (command === "serve") return await serve(readConfig(environment(), rest));
    throw new ConfigError(`Unknown command "${command}"; --help lists what there is.`);
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message, 2);
    if (error instanceof StartError) return complain(error.message, 1);
    return complain(`Confab stopped over a fault of its own: ${text(error)}`, 1);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function print(text: string): number {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
  return 0;
}

function complain(sentence: string, code: number): number {
  Deno.stderr.writeSync(new TextEncoder().encode(`${sentence}\n`));
  return code;
}

function environment(): Record<string, string | undefined> {
  const variables = Object.values(SETTINGS).map(({ env }) => [env, Deno.env.get(env)]);
  return Object.fromEntries(variables);
}

/** Empty for wrong settings: the `serve` that comes after says what is wrong, once. */
function permissionsFor(args: readonly string[]): string {
  try {
    const flags = permissionFlags(readConfig(environment(), args));
    // A space would end a flag in the shell of the task: such a path is the operator's to grant.
    return `${flags.filter((flag) => !/\s/.test(flag)).join(" ")}\n`;
  } catch (error) {
    if (error instanceof ConfigError) return "\n";
    throw error;
  }
}

async function serve(config: Config): Promise<number> {
  const log = createLogger({
    level: config.log,
    now: Date.now,
    write: (line) => void Deno.stderr.writeSync(new TextEncoder().encode(line)),
  });
  surviveStrayErrors(log);
  await prepareDataFolder(config);
  const secret = await loadSecret(
    config,
    (length) => crypto.getRandomValues(new Uint8Array(length)),
  );
  const { promise: stop, resolve: requestStop } = Promise.withResolvers<StopReason>();
  // Loaded here, so that --help need not wait for the whole program.
  const { createApp } = await import("./app.ts");
  const app = await createApp(config, {
    now: Date.now,
    secret,
    log,
    assets: config.development ? developmentAssets : await builtAssets(),
    staticFiles: await staticFiles(),
    fail: (error) => {
      log.error("the store is lost; the program stops", { error });
      requestStop({ signal: null, code: 1 });
    },
  });
  const listener = await listenOrClose(config, log, app);
  const removeSignals = onSignals(requestStop);
  print(`Confab is at http://${shownHost(config.host)}:${listener.port}\n`);
  const { signal, code } = await stop;
  log.info("stopping", { signal });
  await withDeadline(log, async () => {
    await app.close("shutdown");
    await listener.stop();
  });
  removeSignals();
  return code;
}

interface StopReason {
  signal: Deno.Signal | null;
  code: number;
}

async function listenOrClose(config: Config, log: Logger, app: App) {
  try {
    return listen({
      host: config.host,
      port: config.port,
      log,
      fetch: (request, info) => app.fetch(request, info),
    });
  } catch (error) {
    await app.close("shutdown");
    throw error;
  }
}

/** One stray rejection would end every conversation: it is a bug to log, not a reason to die. */
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
async function staticFiles(): Promise<StaticFiles> {
  const [kept, built] = await Promise.all([
    loadStaticFiles(new URL("static/", ROOT), { prefix: "/", immutable: false }),
    loadStaticFiles(new URL("dist/assets/", ROOT), { prefix: "/assets/", immutable: true }),
  ]);
  return new Map([...kept, ...built]);
}

function shownHost(host: string): string {
  if (/^(0\.0\.0\.0|127\.0\.0\.1|::1?)$/.test(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** The first signal asks for a stop in order, a later one ends the program where it stands. */
function onSignals(requestStop: (reason: StopReason) => void): () => void {
  let askedAt: number | null = null;
  const removers = (["SIGTERM", "SIGINT"] as const).map((signal) => {
    const listener = () => {
      // Ctrl+C reaches us twice, from the terminal and through "deno task": that is one wish.
      if (askedAt !== null && performance.now() - askedAt > SAME_WISH) Deno.exit(1);
      askedAt ??= performance.now();
      requestStop({ signal, code: 0 });
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  return () => removers.forEach((remove) => remove());
}

async function withDeadline(log: Logger, stopAll: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.warn("stopping took too long and was cut short", { seconds: STOP_DEADLINE / 1000 });
      resolve();
    }, STOP_DEADLINE);
  });
  const stopped = stopAll().catch((error) => log.error("stopping failed", { error }));
  await Promise.race([stopped, late]);
  clearTimeout(timer);
}
