/**
 * The store by itself, without sockets and HTTP, loaded with sends in a process of its own: what
 * one message costs the node, and how many there are a second. Prints one line of JSON.
 *
 *   deno run -A bench/store_sends.ts seed  '{"database":"…","people":100,"rooms":100}'
 *   deno run -A bench/store_sends.ts load  '{"database":"…","places":[…],"inFlight":4,…}'
 */
import { readAddress } from "../lib/postgres/address.ts";
import type { Store } from "../lib/store/store.ts";
import { note, print } from "./print.ts";

/** A sender, their session, and the room they write to. */
export interface SendPlace {
  userId: number;
  sessionId: number;
  expiresAt: number;
  room: number;
}

export interface SeedStore {
  /** A path, or postgres://… */
  database: string;
  people: number;
  /** People are spread over them; each is a member of their own alone. */
  rooms: number;
}

export interface LoadStore {
  database: string;
  places: SendPlace[];
  /** Of each sender, sent and not yet acknowledged. */
  inFlight: number;
  /** To a message of each room, instead of new ones. */
  replies?: boolean;
  warmup: number;
  seconds: number;
}

export interface StoreFigures {
  acksPerSecond: number;
  /** Of this process, all its threads. */
  cpuMicros: number;
  p50: number;
  p99: number;
  refused: number;
}

async function open(database: string): Promise<Store> {
  const common = {
    onCommit: () => {},
    randomId: () => crypto.randomUUID(),
    log: (message: string, detail: string) => note(`${message} ${detail}`),
  };
  if (!database.startsWith("postgres:")) {
    const { openSqliteStore } = await import("../lib/store/sqlite/store.ts");
    return await openSqliteStore({ ...common, path: database });
  }
  const { openPostgresStore } = await import("../lib/store/postgres/store.ts");
  const address = readAddress(database, {});
  const secrets = { secret: null, randomSecret: () => crypto.randomUUID() };
  return (await openPostgresStore({ ...common, ...secrets, address })).store;
}

async function seed({ database, people, rooms }: SeedStore): Promise<SendPlace[]> {
  const store = await open(database);
  const now = Date.now();
  const expiresAt = Math.floor(now / 1000) * 1000 + 24 * 3_600_000;
  const session = { device: "bench", address: "192.0.2.1", expiresAt };
  const made: { userId: number; sessionId: number }[] = [];
  for (let i = 0; i < people; i++) {
    const username = `person${i}`;
    const account = { username, displayName: username, passwordHash: "none", session, now };
    const { user, sessionId } = await store.createAccount({ ...account, firstOnly: false });
    made.push({ userId: user.id, sessionId });
  }
  const places: SendPlace[] = [];
  for (const [index, { userId, sessionId }] of made.entries()) {
    const owner = places[index % rooms];
    if (owner === undefined || index < rooms) {
      const wanted = { userId, kind: "public", name: `room ${index}`, topic: "", now } as const;
      const { id: room } = await store.createRoom(wanted);
      places.push({ userId, sessionId, expiresAt, room });
    } else {
      const { userId: actorId, room } = owner;
      await store.addMember({ actorId, room, userId, now });
      places.push({ userId, sessionId, expiresAt, room });
    }
  }
  await store.close();
  return places;
}

/** The first message of each room that is written to. */
async function rootsOf(store: Store, places: readonly SendPlace[]): Promise<Map<number, number>> {
  const roots = new Map<number, number>();
  for (const { userId, room } of places) {
    if (roots.has(room)) continue;
    const clientId = `root-${crypto.randomUUID()}`;
    const first = { userId, room, clientId, text: "What do you think?", replyTo: null };
    roots.set(room, (await store.sendMessage({ ...first, now: Date.now() })).message.id);
  }
  return roots;
}

async function load({ database, places, inFlight, replies, warmup, seconds }: LoadStore) {
  const store = await open(database);
  const roots = replies ? await rootsOf(store, places) : new Map<number, number>();
  const run = crypto.randomUUID();
  const times: number[] = [];
  let [sent, refused, measuring, over] = [0, 0, false, false];
  const write = async ({ userId, room }: SendPlace) => {
    while (!over) {
      const [startedAt, clientId] = [performance.now(), `${Date.now()}-${run}-${sent++}`];
      const text = "A message of a usual length, as people write them to each other.";
      try {
        const replyTo = roots.get(room) ?? null;
        await store.sendMessage({ userId, room, clientId, text, replyTo, now: Date.now() });
        if (measuring) times.push(performance.now() - startedAt);
      } catch {
        refused += 1;
        await pause(1);
      }
    }
  };
  const writers = places.flatMap((place) => Array.from({ length: inFlight }, () => write(place)));
  await pause(warmup);
  const [cpu, startedAt] = [cpuTime(), performance.now()];
  measuring = true;
  await pause(seconds);
  measuring = false;
  const [micros, elapsed] = [cpuTime() - cpu, (performance.now() - startedAt) / 1000];
  over = true;
  await Promise.all(writers);
  await store.close();
  times.sort((a, b) => a - b);
  return {
    acksPerSecond: Math.round(times.length / elapsed),
    cpuMicros: Math.round(micros / times.length * 10) / 10,
    p50: Math.round(times[Math.floor(times.length / 2)]! * 10) / 10,
    p99: Math.round(times[Math.floor(times.length * 0.99)]! * 10) / 10,
    refused,
  } satisfies StoreFigures;
}

/** Microseconds of this process, all its threads, from the kernel's count (100 a second). */
function cpuTime(): number {
  const stat = Deno.readTextFileSync("/proc/self/stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

if (import.meta.main) {
  const [task, options] = [Deno.args[0], JSON.parse(Deno.args[1]!)];
  print(JSON.stringify(task === "seed" ? await seed(options) : await load(options)));
}
