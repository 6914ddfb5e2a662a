/**
 * Confab as people run it: the bundled server that "deno task start" runs, sessions, validation, SQLite with FULL. Only the
 * limits on what one user and one address may do are off, since all load comes from one address.
 */
import { join } from "node:path";
import { freePort, type Server, startServer } from "./pinned.ts";
import { type Account, seed, type SeedOptions } from "./seed.ts";

export interface Confab extends Server {
  accounts: Account[];
  dataDir: string;
  /** Ends it, in order, and starts it again on the same data and port. */
  restart(): Promise<Server>;
}

/** What "deno task start" runs. */
const MAIN = "dist/server/main.js";

export const LIMITS_OFF = {
  CONFAB_AUTH_RATE: "0",
  CONFAB_SEND_RATE: "0",
  CONFAB_CONNECTIONS_PER_USER: "0",
  CONFAB_CONNECTIONS_PER_ADDRESS: "0",
};

export interface ConfabOptions extends Omit<SeedOptions, "dataDir" | "secret"> {
  /** The checkout to measure. */
  tree: string;
  /** What is asked for until it answers. */
  path?: string;
  /** Settings beside the usual ones. */
  env?: Record<string, string>;
  /** A database elsewhere that was filled before, and a bus: instead of one in the data folder. */
  filled?: { url: string; secret: string; accounts: Account[]; redis?: string };
}

/** Starts Confab on a seeded database in a temporary folder, which goes when it stops. */
export async function startConfab(options: ConfabOptions): Promise<Confab> {
  const dataDir = await Deno.makeTempDir({ prefix: "confab-bench-" });
  const { filled } = options;
  const secret = filled?.secret ?? crypto.randomUUID() + crypto.randomUUID();
  const accounts = filled?.accounts ?? await seed({ ...options, dataDir, secret });
  const port = freePort();
  const env = {
    ...await environment(options.tree, dataDir, secret, port),
    ...options.env,
    ...(filled === undefined ? {} : { DATABASE_URL: filled.url }),
    ...(filled?.redis === undefined ? {} : { REDIS_URL: filled.redis }),
  };
  const flags = await permissionsFor(options.tree, env);
  const launch = () =>
    startServer({
      command: Deno.execPath(),
      args: ["run", "-q", "--no-prompt", "-P", ...flags, MAIN],
      cwd: options.tree,
      env,
      port,
      path: options.path ?? "/readyz",
    });
  let running = await launch();

  async function stop(signal?: Deno.Signal): Promise<void> {
    await running.stop(signal);
    await Deno.remove(dataDir, { recursive: true });
  }

  return {
    accounts,
    dataDir,
    port,
    get pid() {
      return running.pid;
    },
    startedIn: running.startedIn,
    stderr: () => running.stderr(),
    stop,
    async restart() {
      await running.stop();
      return running = await launch();
    },
    [Symbol.asyncDispose]: () => stop(),
  };
}

async function environment(tree: string, dataDir: string, secret: string, port: number) {
  return {
    ...LIMITS_OFF,
    PORT: String(port),
    CONFAB_DATA_DIR: dataDir,
    CONFAB_SECRET: secret,
    // Without a build the pages cannot be shown, everything else can be measured.
    ...(await isBuilt(tree) ? {} : { CONFAB_DEVELOPMENT: "1" }),
  };
}

/** Whether the browser client was built. */
export async function isBuilt(tree: string): Promise<boolean> {
  try {
    await Deno.stat(join(tree, "dist/.vite/manifest.json"));
    return true;
  } catch {
    return false;
  }
}

/** What "deno task start" would add to the permission set. */
async function permissionsFor(tree: string, env: Record<string, string>): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P", MAIN, "permissions"],
    cwd: tree,
    env,
  }).output();
  return new TextDecoder().decode(stdout).split(/\s+/).filter((flag) => flag !== "");
}
