/**
 * Nodes that do what is due at the same moment, with clocks that are apart, and one that stands
 * still in between: each message is sent once, and those of a room in the order of their times.
 */
import assert from "node:assert/strict";
import { JobRunner } from "../../../lib/jobs/runner.ts";
import { createWorks, isPassing } from "../../../lib/jobs/works.ts";
import { newCounts } from "../../../lib/metrics/counts.ts";
import type { Stage } from "../../contract/store/stage.ts";
import { eventually } from "../../support/eventually.ts";
import { createRandom } from "../../support/random.ts";
import { nodesTests, unsoundRooms } from "./nodes.ts";

const test = nodesTests();

const DUE = 1_800_000_000_000;
const EACH = 25;
/** By how much each node's clock is wrong: more than the pause after which a job is begun again. */
const APART = [0, 4_000, -17_000];
const SEEDS = [1, Number(Deno.env.get("FAULT_SEED") ?? 2)];

/** A node of which a test holds the clock; `stopsAt`: at its how manieth message it stands still. */
class Node {
  now = DUE;
  readonly errors: unknown[] = [];
  readonly #gate = Promise.withResolvers<void>();
  readonly #runner: JobRunner;

  constructor({ store }: Stage, stopsAt = Infinity) {
    let begun = 0;
    const works = createWorks({
      store: {
        failScheduled: (input) => store.failScheduled(input),
        giveUpJob: (input) => store.giveUpJob(input),
        tellReminder: (input) => store.tellReminder(input),
        sendScheduled: async (input) => {
          begun += 1;
          if (begun === stopsAt) await this.#gate.promise;
          return await store.sendScheduled(input);
        },
      },
      mostText: () => 8_000,
      online: () => [],
      previews: { isOn: () => false, wake() {} },
      now: () => this.now,
    });
    this.#runner = new JobRunner({
      ...{ store, works, isPassing, now: () => this.now, counts: newCounts().jobs },
      loop: { every: () => () => {} },
      log: { error: (_, detail) => this.errors.push(detail) },
    });
  }

  wake(): void {
    this.#runner.wake();
  }

  async end(): Promise<void> {
    this.#gate.resolve();
    await this.#runner.close();
  }
}

for (const seed of SEEDS) {
  test(
    `three nodes send what is due once and in order, whatever their clocks say (seed ${seed})`,
    async ({ stages, one, postgres, url, logged }) => {
      const random = createRandom(seed);
      const rooms = await planned(one, random.below);
      const nodes = stages.map((stage, i) =>
        new Node(stage, i === 1 ? 1 + random.below(12) : undefined)
      );
      const left = () => postgres.query("SELECT count(*) FROM jobs", url);
      let time = DUE + 20_000;
      await eventually(async () => {
        time += 2_500;
        for (const [i, node] of nodes.entries()) {
          node.now = time + APART[i]!;
          node.wake();
        }
        // What stands still keeps what it is about; the others have that long ago.
        assert.equal(await left(), "0");
      }, 60_000);
      await Promise.all(nodes.map((node) => node.end()));
      const texts = await postgres.query(
        "SELECT room_id, text FROM messages ORDER BY room_id, seq",
        url,
      );
      const expected = rooms.flatMap((room) =>
        Array.from({ length: EACH }, (_, i) => `${room}|message ${i}`)
      );
      assert.deepEqual(texts.split("\n"), expected);
      assert.equal(await unsoundRooms(postgres, url), "");
      assert.deepEqual([...nodes.flatMap(({ errors }) => errors), ...logged], []);
    },
    3,
  );
}

/** By three people in four rooms, not planned in the order of their times; some have the same. */
async function planned(stage: Stage, below: (most: number) => number): Promise<number[]> {
  const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
  const rooms = [1];
  for (const name of ["two", "three", "four"]) {
    rooms.push((await stage.room("public", name, ann, ben, cid)).id);
  }
  for (const room of rooms) {
    const waiting = Array.from({ length: EACH }, (_, i) => i);
    // Of one time those come first that were planned first.
    const timeOf = (i: number) => DUE + Math.floor(i / 2) * 100;
    while (waiting.length > 0) {
      const at = below(waiting.length);
      const pair = waiting[at]! % 2 === 1 && waiting[at - 1] === waiting[at]! - 1 ? at - 1 : at;
      const [i] = waiting.splice(pair, 1) as [number];
      await stage.store.scheduleMessage({
        userId: [ann, ben, cid][below(3)]!.id,
        room,
        clientId: stage.clientId(),
        text: `message ${i}`,
        replyTo: null,
        at: timeOf(i),
        now: stage.now(),
      });
    }
  }
  return rooms;
}
