/** Clients that stop reading: they are dropped, nobody else notices, and they miss nothing. */
import assert from "node:assert/strict";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { ChatSocket, type Person } from "../support/chat_client.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { Participant } from "./participant.ts";
import { residentMegabytes } from "./process.ts";
import { faultTest, GENERAL, report, Scene, SOAK } from "./scene.ts";
import { median, quantile } from "./statistics.ts";

const SLOW = 20;
/** With the slow ones, 120 people. */
const QUICK = 100;
const PAIRS = SOAK ? 5 : 1;
const RUN_MS = SOAK ? 8_000 : 3_000;
/** The others' p99 with slow readers, against without them. */
const RATIO = SOAK ? 1.5 : 4;
/** What a busy machine adds by itself, ms. */
const NOISE = SOAK ? 10 : 100;
/**
 * 24 KB. The system keeps about 4 MB of what was sent to a peer that reads nothing, so it takes
 * some of these before the server notices anything.
 */
const LONG_TEXT = "☃".repeat(8_000);
/** Between two of them, milliseconds. */
const FLOOD_MS = 15;
/** Over what the program had before. Without a drop the run fails by its deadline, with GBs. */
const GROWTH_MB = 120;
const DEADLINE = 60_000;

/** A client that can stop reading. Until it is looked at, it keeps what came as it came. */
class Reader {
  readonly #texts: string[] = [];

  private constructor(private readonly socket: RawSocket, texts: string[]) {
    this.#texts = texts;
  }

  static async open({ api }: Person): Promise<Reader> {
    const texts: string[] = [];
    const socket = await RawSocket.open(api.url, {
      headers: api.headers as Record<string, string>,
      onText(text) {
        texts.push(text);
        if (text.startsWith('[{"type":"ping"')) void socket.send('{"type":"pong"}');
      },
    });
    return new Reader(socket, texts);
  }

  pause(): void {
    this.socket.pause();
  }

  /** Reads on; the code with which the connection ends. */
  finish(): Promise<number> {
    this.socket.resume();
    return this.socket.closed;
  }

  get events(): ServerEvent[] {
    return this.#texts.flatMap((text) => JSON.parse(text) as ServerEvent[]);
  }

  drop(): void {
    this.socket[Symbol.dispose]();
  }
}

faultTest(
  "20 of 120 who stop reading are dropped with 1013, the others do not notice",
  async (random) => {
    await Scene.run(random, { people: QUICK + SLOW + 1 }, async (scene) => {
      const slow = scene.people.slice(0, SLOW);
      const flooder = scene.people.at(-1)!;
      const side = await scene.room(flooder, ...slow);
      const quick = scene.people.slice(SLOW, SLOW + QUICK).map((person) => scene.join(person));
      await Promise.all(quick.map((each) => each.settled()));
      const watcher = await ChatSocket.connect(flooder);
      const flood = scene.join(flooder);
      await flood.settled();
      try {
        const ratios: number[] = [];
        for (let pair = 0; pair < PAIRS; pair++) {
          const reading = await Promise.all(slow.map((person) => Reader.open(person)));
          const without = await measure(quick, flood, side, () => false);
          for (const reader of reading) reader.drop();
          await untilOffline(watcher, slow);

          const readers = await Promise.all(slow.map((person) => Reader.open(person)));
          await untilOnline(watcher, slow);
          for (const reader of readers) reader.pause();
          const before = await residentMegabytes(scene.program.pid);
          const gone = () => slow.every(({ id }) => presence(watcher, id) === "offline");
          const during = await measure(quick, flood, side, () => !gone());
          const growth = await residentMegabytes(scene.program.pid) - before;
          await untilOffline(watcher, slow);
          const codes = await Promise.all(readers.map((reader) => reader.finish()));
          assert.deepEqual([...new Set(codes)], [1013]);
          assert.ok(growth < GROWTH_MB, `memory grew by ${growth} MB`);
          for (const reader of readers) assertOrder(reader.events);
          ratios.push(Math.max(0, during - NOISE) / without);
          report(
            `p99 with all reading ${without.toFixed(0)} ms, with ${SLOW} not ${
              during.toFixed(0)
            } ms; memory ${growth >= 0 ? "+" : ""}${growth} MB`,
          );
        }
        assert.ok(median(ratios) <= RATIO, `p99 rose by ${ratios.map((each) => each.toFixed(1))}`);
        // They come back, and know all that they missed.
        const back = slow.map((person) => scene.join(person));
        await Promise.all(back.map((each) => each.settled()));
        await scene.verify([...back.slice(0, 3), ...quick.slice(0, 3)]);
        const known = back[0]!.replica.view;
        for (const each of back) assert.deepEqual(each.replica.view, known, each.log.name);
      } finally {
        await watcher.close();
      }
    });
  },
);

/**
 * The p99 of delivery (ms) to people who read, while a side room is flooded: for the time of a
 * run, and for as long as `unfinished`.
 */
async function measure(
  quick: readonly Participant[],
  flood: Participant,
  side: number,
  unfinished: () => boolean,
): Promise<number> {
  const delays: number[] = [];
  for (const each of quick) {
    each.onEvent = (event) => {
      if (event.type !== "message" || !event.message.text.startsWith("sent at ")) return;
      delays.push(performance.now() - Number(event.message.text.slice("sent at ".length)));
    };
  }
  const startedAt = performance.now();
  const goesOn = () => {
    const spent = performance.now() - startedAt;
    if (spent > DEADLINE) throw new Error("The slow ones were not dropped");
    return spent < RUN_MS || unfinished();
  };
  // At a steady pace: a flood as fast as it can would be a larger one where nobody reads it.
  const flooding = async () => {
    while (goesOn()) {
      const paced = new Promise<void>((resolve) => setTimeout(resolve, FLOOD_MS));
      await Promise.all([flood.send(side, LONG_TEXT), paced]);
    }
  };
  const talking = quick.slice(0, 2).map(async (each) => {
    while (goesOn()) {
      await each.send(GENERAL, `sent at ${performance.now()}`);
      await new Promise<void>((resolve) => setTimeout(resolve, 50)); // as people do
    }
  });
  await Promise.all([flooding(), ...talking]);
  for (const each of quick) each.onEvent = () => {};
  return quantile(delays, 0.99);
}

function presence(watcher: ChatSocket, id: number): string | undefined {
  const told = watcher.all("presence").findLast(({ users }) => users[id] !== undefined);
  return told?.users[id] ?? watcher.ready.presence[id];
}

function untilOffline(watcher: ChatSocket, people: readonly Person[]): Promise<unknown> {
  return watcher.until(
    () => people.every(({ id }) => presence(watcher, id) === "offline"),
    "news that the slow ones are gone",
  );
}

function untilOnline(watcher: ChatSocket, people: readonly Person[]): Promise<unknown> {
  return watcher.until(
    () => people.every(({ id }) => presence(watcher, id) === "online"),
    "news that all are here",
  );
}

/** What they got before they were dropped was in order and without holes. */
function assertOrder(events: readonly ServerEvent[]): void {
  const last = new Map<number, number>();
  for (const event of events) {
    if (event.type !== "message") continue;
    const before = last.get(event.room);
    assert.ok(before === undefined || event.rev === before + 1, `${event.rev} after ${before}`);
    last.set(event.room, event.rev);
  }
}
