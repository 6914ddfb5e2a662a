/**
 * Three nodes at which people answer in the same threads, and edit, delete and restore what they
 * have written: each change has a number of its own in its room, and what the roots say of their
 * replies, and the marks of who follows, are as if one had come after the other.
 */
import assert from "node:assert/strict";
import { ConfabError } from "../../../lib/errors.ts";
import { readAddress } from "../../../lib/postgres/address.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { Change } from "../../../lib/store/store.ts";
import { openPostgresUpkeep } from "../../../lib/store/postgres/upkeep.ts";
import { runChecks } from "../../../lib/store/upkeep/check/check.ts";
import type { Stage } from "../../contract/store/stage.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { nodesTests } from "./nodes.ts";

const test = nodesTests();

const SEEDS = [1, 2, Number(Deno.env.get("FAULT_SEED") ?? 3)];
const ROUNDS = 12;
/** Written at once, at each node. */
const TOGETHER = 8;

type Told = Extract<Change, { type: "message" }>;

for (const seed of SEEDS) {
  test(
    `threads in which three nodes write at once are counted as one would (seed ${seed})`,
    async ({ stages, one, url, logged }) => {
      const random = createRandom(seed);
      const people = Object.values(await one.people("ann", "ben", "cid", "dan"));
      const [ann] = people;
      const room = (await one.room("public", "talk", ann!, ...people.slice(1))).id;
      const roots: Message[] = [];
      for (const user of people.slice(0, 3)) {
        roots.push(await one.send(user, room, "a question, @dan"));
      }
      const replies: Message[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const calls = stages.flatMap((stage) =>
          Array.from(
            { length: TOGETHER },
            () => step(stage, random, { people, room, roots, replies }),
          )
        );
        const written = await Promise.all(calls.map((call) => call().catch(expected)));
        replies.push(
          ...written.flatMap((each) => each instanceof Object && each.thread !== null ? each : []),
        );
      }
      const told = stages.flatMap(({ commits }) => commits.flat())
        .filter((change): change is Told => change.type === "message" && change.room === room)
        .sort((a, b) => a.rev - b.rev);
      assert.deepEqual(told.map(({ rev }) => rev), told.map((_, index) => index + 1));
      assert.deepEqual(faultsTold(told), []);
      assert.ok(told.length > 200, `${told.length} changes`);
      assert.deepEqual(await faultsOf(url), []);
      assert.deepEqual(logged, []);
    },
    3,
  );
}

interface Place {
  people: readonly { id: number }[];
  room: number;
  roots: readonly Message[];
  replies: readonly Message[];
}

/** Everything is drawn before anything is written: a seed draws the same again. */
function step(
  { store }: Stage,
  random: Random,
  { people, room, roots, replies }: Place,
): () => Promise<Message | void> {
  const userId = random.pick(people).id;
  const now = 1_700_000_100_000 + random.below(1_000);
  const replyTo = random.pick(random.below(3) === 0 && replies.length > 0 ? replies : roots).id;
  const of = replies.length > 0 && random.below(8) > 0 ? random.pick(replies) : random.pick(roots);
  const [message, author] = [of.id, of.userId];
  const clientId = random.id();
  const [text, threadOnly] = [
    random.pick(["yes", "no, @ann", "@room look"]),
    random.below(3) === 0,
  ];
  const [on, seq] = [random.below(2) === 0, of.seq + random.below(60)];
  const reply = { userId, room, clientId, text, replyTo, threadOnly, now };
  const send = () => store.sendMessage(reply).then((sent) => sent.message);
  return random.pick<() => Promise<Message | void>>([
    send,
    send,
    send,
    () =>
      store.editMessage({ userId: author, message, text: `rewritten ${text}`, now }).then(nothing),
    () => store.deleteMessage({ userId: author, message, now }).then(nothing),
    () => store.deleteMessage({ userId: author, message, now }).then(nothing),
    () => store.restoreMessage({ userId: author, message, now }).then(nothing),
    () => store.restoreMessage({ userId: author, message, now }).then(nothing),
    () => store.markThreadRead({ userId, message: replyTo, seq }),
    () => store.followThread({ userId, message: replyTo, on }),
    () =>
      store.titleThread({ userId: 1, message: replyTo, title: clientId.slice(0, 9) }).then(nothing),
  ]);
}

const nothing = () => {};

/** What another has deleted meanwhile cannot be edited. */
function expected(error: unknown): void {
  if (!(error instanceof ConfabError) || error.code === "unavailable") throw error;
}

/** Where what was told, one after the other, does not say what has happened until then. */
function faultsTold(told: readonly Told[]): string[] {
  const faults: string[] = [];
  const standing = new Map<number, Set<number>>();
  for (const { rev, message } of told) {
    const { id, thread, deletedAt, replies } = message;
    if (thread === null) {
      const count = standing.get(id)?.size ?? 0;
      if ((replies?.count ?? 0) !== count) {
        faults.push(`${rev}: root ${id} tells of ${replies?.count} replies, and has ${count}`);
      }
      continue;
    }
    const there = standing.get(thread) ?? new Set();
    standing.set(thread, there);
    if (deletedAt === null) there.add(id);
    else there.delete(id);
  }
  return faults;
}

async function faultsOf(url: string): Promise<string[]> {
  const database = await openPostgresUpkeep(readAddress(url, {}), "read");
  try {
    const found = await database.read((db) => runChecks(db, () => {}));
    return found.map(({ sentence }) => sentence);
  } finally {
    await database.close();
  }
}
