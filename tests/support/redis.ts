/**
 * A real Redis (or Valkey) for the tests that need one: Debian's, on a free port, without anything
 * on the disk.
 */
import assert from "node:assert/strict";
import { findProgram, Server, serverTest } from "./servers.ts";

export interface RedisOptions {
  /** Asked of everybody. */
  password?: string;
  /** Files in PEM; with `ca`, clients need a certificate that it signed. */
  tls?: { certificate: string; key: string; ca?: string };
}

export interface Redis extends AsyncDisposable {
  /** redis:// or rediss://, with the password if there is one. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What the server wrote since its last start: the end of it. */
  log(): string;
  /** SIGKILL; `start` brings it back on the same port. */
  kill(): Promise<void>;
  /** Ends in order; `start` brings it back. */
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** It stands still, connections open. */
  freeze(): void;
  thaw(): void;
}

export type RedisTest = (name: string, run: (redis: Redis) => Promise<void>) => void;

/** For a file of tests: call it once, and the answer for each test. They share a server. */
export function redisTests(options: RedisOptions = {}): RedisTest {
  const missing = findRedis() === null ? "Redis or Valkey" : null;
  let shared: Promise<Redis> | null = null;
  Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());
  return (name, run) =>
    serverTest(missing, name, async () => await run(await (shared ??= startRedis(options))));
}

export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const program = findRedis();
  assert(program !== null, "There is no Redis and no Valkey.");
  const folder = await Deno.makeTempDir({ prefix: "confab-redis-" });
  const server = await Server.start({
    command: (port) => ({ program, args: argumentsFor(port, folder, options) }),
    isReady,
  });
  const secret = options.password === undefined ? "" : `:${encodeURIComponent(options.password)}@`;
  return {
    url: `${options.tls ? "rediss" : "redis"}://${secret}127.0.0.1:${server.port}`,
    port: server.port,
    get pid() {
      return server.pid;
    },
    log: () => server.words,
    kill: () => server.end("SIGKILL"),
    stop: () => server.end("SIGTERM"),
    start: () => server.start(),
    async restart() {
      await server.end("SIGTERM");
      await server.start();
    },
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    async [Symbol.asyncDispose]() {
      await server.end("SIGKILL");
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function findRedis(): string | null {
  return findProgram(["redis-server", "valkey-server"]);
}

function argumentsFor(port: number, folder: string, { password, tls }: RedisOptions): string[] {
  const doors = tls === undefined ? ["--port", String(port)] : [
    ...["--port", "0", "--tls-port", String(port)],
    ...["--tls-cert-file", tls.certificate, "--tls-key-file", tls.key],
    ...(tls.ca === undefined
      ? ["--tls-auth-clients", "no", "--tls-ca-cert-file", tls.certificate]
      : ["--tls-auth-clients", "yes", "--tls-ca-cert-file", tls.ca]),
  ];
  const nothingKept = ["--save", "", "--appendonly", "no", "--dir", folder];
  const secret = password === undefined ? [] : ["--requirepass", password];
  return ["--bind", "127.0.0.1", ...doors, ...nothingKept, ...secret];
}

/** It listens only when it serves: it has nothing to load. */
async function isReady(port: number): Promise<boolean> {
  (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  return true;
}
