/**
 * A node's sweep by itself, in a process of its own: what it costs to ask the database which of the
 * rooms that are served here have moved, and what is new among the events. Prints one line of JSON.
 *
 *   deno run -A bench/sweeps.ts '{"database":"postgres://…","rooms":10000,"sweeps":500}'
 */
import { Tail } from "../lib/bus/tail.ts";
import { eventLoop } from "../lib/event_loop.ts";
import { type RoomHead, Served } from "../lib/hub/nodes/served.ts";
import { readAddress } from "../lib/postgres/address.ts";
import { openWatch } from "../lib/store/postgres/watch.ts";
import { print } from "./print.ts";

export interface SweepLoad {
  database: string;
  /** Rooms of the ids from 10 on. */
  rooms: number;
  sweeps: number;
}

export interface SweepFigures {
  /** Of this process a sweep, all its threads. */
  cpuMillis: number;
  /** From the question to the answer. */
  millis: number;
  /** Rooms that had moved, a sweep. */
  moved: number;
}

/** Sweeps before any is counted. */
const WARMUP = 100;

async function load({ database, rooms, sweeps }: SweepLoad): Promise<SweepFigures> {
  const watch = await openWatch(readAddress(database, {}));
  const heads = new Map(Array.from({ length: rooms }, (_, index): RoomHead => [index + 10, 0]));
  const served = new Served(() => heads, (room) => heads.get(room) ?? null);
  const tail = new Tail<unknown>({
    read: (mark) => watch.newEvents(mark),
    wake: () => {},
    every: eventLoop.every,
    log: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });
  await tail.start();
  const total = { cpu: 0, millis: 0, moved: 0 };
  for (let i = -WARMUP; i < sweeps; i++) {
    const startedAt = performance.now();
    const moved = await watch.moved(served);
    for (const [room, head] of moved) heads.set(room, head);
    await tail.look();
    if (i === -1) total.cpu = cpuMillis();
    if (i < 0) continue;
    total.millis += performance.now() - startedAt;
    total.moved += moved.length;
  }
  const cpu = cpuMillis() - total.cpu;
  await watch.close();
  const { millis, moved } = total;
  return { cpuMillis: cpu / sweeps, millis: millis / sweeps, moved: moved / sweeps };
}

/** Of this process, all its threads, from the kernel's count (100 a second). */
function cpuMillis(): number {
  const stat = Deno.readTextFileSync("/proc/self/stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

if (import.meta.main) print(JSON.stringify(await load(JSON.parse(Deno.args[0]!))));
