/**
 * Several real programs on one PostgreSQL, with or without a Redis: what people run who have
 * outgrown one machine. Each program reaches its servers through cables of its own, so that one can
 * be cut off while the others are not. It knows no protocol of the chat.
 */
import { type Cable, startCable } from "./cable.ts";
import { createChatDatabase } from "./chat_database.ts";
import { ChatSocket, type OpenOptions, type Person } from "./chat_client.ts";
import { Api } from "./api_client.ts";
import { type Postgres, postgresTests, startPostgres } from "./postgres.ts";
import { type Program, startProgram } from "./program.ts";
import { type Redis, redisTests, startRedis } from "./redis.ts";

export interface ClusterOptions {
  /** How many programs. */
  nodes?: number;
  /** What carries messages between them. */
  bus: "redis" | "notify";
  /** Settings of every program. */
  env?: Record<string, string>;
  /** Commits wait for the disk, as in production. */
  durable?: boolean;
}

export interface ClusterNode extends Program {
  /** Stands still with all its connections open, as on a machine that is suspended. */
  freeze(): void;
  thaw(): void;
  readonly toDatabase: Cable;
  /** `null` where there is no Redis. */
  readonly toRedis: Cable | null;
}

export interface Cluster {
  readonly nodes: readonly ClusterNode[];
  readonly postgres: Postgres;
  /** Where `bus` is "redis". */
  readonly redis: Redis | null;
  /** The cluster's database, for psql. */
  readonly database: string;
  /** One more program on the same database. */
  addNode(): Promise<ClusterNode>;
}

/** The two that most tests are about. */
export type Pair = Cluster & { nodes: readonly [ClusterNode, ClusterNode, ...ClusterNode[]] };

/** Settings under which tests are not slowed by the limits that other tests are about. */
const UNLIMITED = {
  CONFAB_AUTH_RATE: "0",
  CONFAB_SEND_RATE: "0",
  CONFAB_ROOM_RATE: "0",
  CONFAB_CONNECTIONS_PER_USER: "0",
  CONFAB_CONNECTIONS_PER_ADDRESS: "0",
};

/**
 * For a file of tests: registers each with a cluster and a database of its own, on servers that the
 * file's tests share. What a test does to the servers it must undo.
 */
export function clusterTests(
  options: ClusterOptions,
): (name: string, run: (cluster: Pair) => Promise<void>) => void {
  const withPostgres = postgresTests();
  const runWith = async (postgres: Postgres, redis: Redis | null, run: (it: Pair) => unknown) => {
    await using cluster = await openCluster(postgres, redis, options);
    await run(cluster as unknown as Pair); // at least two nodes
  };
  if (options.bus === "notify") {
    return (name, run) => withPostgres(name, (postgres) => runWith(postgres, null, run));
  }
  const withRedis = redisTests();
  let shared: Promise<Postgres> | null = null;
  Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());
  return (name, run) =>
    withRedis(name, async (redis) => await runWith(await (shared ??= startPostgres()), redis, run));
}

/** A cluster with servers of its own. */
export async function startCluster(options: ClusterOptions): Promise<Cluster & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startPostgres({ durable: options.durable === true }));
  const redis = options.bus === "redis" ? stack.use(await startRedis()) : null;
  const cluster = stack.use(await openCluster(postgres, redis, options));
  const all = stack.move();
  return { ...cluster, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function openCluster(
  postgres: Postgres,
  redis: Redis | null,
  { nodes: count = 2, env = {} }: ClusterOptions,
): Promise<Cluster & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const database = await createChatDatabase(postgres);
  const nodes: ClusterNode[] = [];
  const addNode = async () => {
    const node = await startNode(database, redis, env);
    stack.use(node);
    nodes.push(node);
    return node;
  };
  const cluster = { nodes, postgres, redis, database, addNode };
  try {
    await addNode(); // the others find the tables, and meet it
    await Promise.all(Array.from({ length: count - 1 }, addNode));
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
  return { ...cluster, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function startNode(
  database: string,
  redis: Redis | null,
  env: Record<string, string>,
): Promise<ClusterNode> {
  await using stack = new AsyncDisposableStack();
  const toDatabase = stack.use(startCable(Number(new URL(database).port)));
  const toRedis = redis === null ? null : stack.use(startCable(redis.port));
  const program = await startProgram({
    env: {
      ...UNLIMITED,
      DATABASE_URL: toDatabase.through(database),
      ...(redis === null || toRedis === null ? {} : { REDIS_URL: toRedis.through(redis.url) }),
      ...env,
    },
  });
  const cables = stack.move();
  // The program's own properties are read when they are asked for: its pid changes.
  return Object.assign(Object.create(program) as Program, {
    toDatabase,
    toRedis,
    freeze: () => signal(program.pid, "SIGSTOP"),
    thaw: () => signal(program.pid, "SIGCONT"),
    async [Symbol.asyncDispose]() {
      toDatabase.mend();
      toRedis?.mend();
      signal(program.pid, "SIGCONT");
      await program.stop();
      await cables.disposeAsync();
    },
  });
}

/** A program that has ended needs none. */
function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The same person and session, at another program. */
export function at(node: { url: string }, person: Person): Person {
  return { ...person, api: new Api(node.url, person.api.headers) };
}

/** Connects somebody through a program, whichever they signed up at. */
export function connectAt(
  node: { url: string },
  person: Person,
  options?: OpenOptions,
): Promise<ChatSocket> {
  return ChatSocket.connect(at(node, person), options);
}
