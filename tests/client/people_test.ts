/** Who is who: asked for when read, many at once, each once, and never out of date. */
import assert from "node:assert/strict";
import { computed, effect, signal } from "@preact/signals";
import { RequestError } from "../../lib/client/request_error.ts";
import { People } from "../../lib/client/people.ts";
import { learnSelf } from "../../lib/client/state.ts";
import { PeopleRequests } from "../../lib/client/people_requests.ts";
import { learnPresence } from "../../lib/client/state.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { PresenceStatus } from "../../lib/protocol/presence.ts";
import { FakeClock, Link, settle } from "../support/model_link.ts";
import { ModelServer, modelUser } from "../support/model_server.ts";

const sane = { sanitizeOps: true, sanitizeResources: true };
const ANN = modelUser(1);
const BOB = modelUser(2);
const named = (id: number, displayName: string): User => ({ ...modelUser(id), displayName });

/** How often what reads was woken, beyond its first reading. */
function wakings(read: () => unknown): () => number {
  let count = -1;
  effect(() => {
    count++;
    read();
  });
  return () => count;
}

function stage(known: User[] = [ANN]) {
  const clock = new FakeClock();
  const questions: {
    ids: number[];
    answer(users: User[]): Promise<void>;
    fail(code: RequestError["code"]): Promise<void>;
  }[] = [];
  const people = new People(known);
  const api = (_method: string, path: string) =>
    new Promise((resolve, reject) => {
      questions.push({
        ids: path.replace("/api/users?ids=", "").split(",").map(Number),
        answer(users) {
          resolve({ users, presence: Object.fromEntries(users.map(({ id }) => [id, "online"])) });
          return settle();
        },
        fail(code) {
          reject(new RequestError(code, code));
          return settle();
        },
      });
    });
  const here: string[] = [];
  const requests = new PeopleRequests({
    clock: { ...clock, ticks: () => clock.now as never, random: () => 0.5 },
    api: api as never,
    people,
    onPresence: (told) => here.push(...Object.keys(told)),
  });
  return { here, clock, people, requests, questions, tick: () => clock.advance(0) };
}

Deno.test("people who are known already wake nobody, a new name wakes who reads that person", () => {
  const people = new People([ANN]);
  const [all, ann, bob] = [
    wakings(() => [...people.values()]),
    wakings(() => people.get(1)),
    wakings(() => people.get(2)),
  ];
  people.learn([{ ...ANN }]);
  assert.deepEqual([all(), ann(), bob()], [0, 0, 0]);
  people.learn([{ ...ANN }, BOB]);
  people.learn([named(2, "Robert")]);
  assert.deepEqual([all(), ann(), bob()], [2, 0, 2]);
  assert.deepEqual([...people.values()], [ANN, named(2, "Robert")]);
});

Deno.test("who is nobody's namesake any more loses the mark", () => {
  const people = new People([{ ...BOB, namesake: true }]);
  people.learn([BOB]);
  assert.equal(people.get(BOB.id)?.namesake, undefined);
  const me = signal({
    ...ANN,
    namesake: true as const,
    language: null,
    theme: "system" as const,
    showLocalTime: true,
  });
  learnSelf(me, ANN);
  assert.equal(me.value.namesake, undefined);
});

Deno.test("of a member only what every user has is kept", () => {
  const people = new People([{ ...BOB, membership: { role: "member" } } as User]);
  assert.deepEqual(people.get(2), BOB);
});

Deno.test(
  "whoever is read and not known is asked for, all of one moment with one request",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage();
    people.get(5);
    await tick();
    assert.equal(questions.length, 0, "nothing is asked before the connection stands");
    requests.online([ANN]);
    for (const id of [1, 6, 7, 6]) people.get(id);
    await tick();
    assert.deepEqual(questions.map(({ ids }) => ids), [[5, 7, 6]]);
    people.get(6);
    await tick();
    assert.equal(questions.length, 1, "asked once while the answer is under way");
    await questions[0]!.answer([named(5, "Five"), named(6, "Six"), named(7, "Seven")]);
    for (const id of [5, 6, 7]) people.get(id);
    await tick();
    assert.equal(questions.length, 1);
    assert.equal(people.get(6)?.displayName, "Six");
  },
);

Deno.test(
  "very many are asked for a hundred at a time, the last that were read first",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage();
    requests.online([]);
    for (let id = 1_000; id < 1_450; id++) people.get(id);
    await tick();
    assert.deepEqual(questions.map(({ ids }) => ids.length), [100, 100]);
    assert.equal(questions[0]!.ids.at(-1), 1_449);
    const everybody = (ids: number[]) => ids.map(modelUser);
    for (let at = 0; at < 5; at++) {
      await questions[at]!.answer(everybody(questions[at]!.ids));
      await tick();
    }
    assert.equal(questions.length, 5);
    assert.equal([...people.values()].length, 451);
  },
);

Deno.test(
  "who does not exist is not asked for again, until the next connection",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage();
    requests.online([]);
    people.get(99);
    await tick();
    await questions[0]!.answer([]);
    people.get(99);
    await tick();
    assert.equal(questions.length, 1);
    requests.online([]);
    people.get(99);
    await tick();
    assert.equal(questions.length, 2);
  },
);

Deno.test("after a failure it is asked again, later; after a refusal it is not", sane, async () => {
  const { clock, people, requests, questions, tick } = stage();
  requests.online([]);
  people.get(5);
  await tick();
  await questions[0]!.fail("offline");
  people.get(5);
  await clock.advance(100);
  assert.equal(questions.length, 1);
  await clock.advance(2_000);
  assert.deepEqual(questions[1]?.ids, [5]);
  await questions[1]!.fail("forbidden");
  people.get(5);
  await clock.advance(60_000);
  assert.equal(questions.length, 2);
  requests.offline();
  assert.equal(clock.pending, 0);
});

Deno.test(
  "what was heard while an answer was under way is newer than the answer",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage();
    requests.online([]);
    people.get(5);
    await tick();
    people.learn([named(5, "New")]);
    await questions[0]!.answer([named(5, "Old")]);
    assert.equal(people.get(5)?.displayName, "New");
  },
);

Deno.test(
  "after a reconnect who is looked at is asked for anew, the others when they are",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage([
      ANN,
      BOB,
      named(3, "Carl"),
      named(4, "Dot"),
    ]);
    requests.online([ANN, BOB, named(3, "Carl"), named(4, "Dot")]);
    let shown = "";
    const stop = effect(() => void (shown = people.get(3)!.displayName));
    requests.offline();
    requests.online([ANN, named(2, "Robert")]);
    await tick();
    assert.deepEqual(questions.map(({ ids }) => ids), [[3]]);
    assert.equal(shown, "Carl", "the old name stands until the new one is there");
    await questions[0]!.answer([named(3, "Charles")]);
    assert.equal(shown, "Charles");
    assert.equal(people.get(2)?.displayName, "Robert");
    people.get(4);
    await tick();
    assert.deepEqual(questions[1]?.ids, [4]);
    stop();
  },
);

Deno.test("of an answer about thousands only who is known already is kept", () => {
  const people = new People([ANN]);
  const { moment } = people;
  people.refresh([named(1, "Anna"), BOB], moment);
  assert.deepEqual([...people.values()], [named(1, "Anna")]);
  assert.equal(people.has(2), false);
});

Deno.test("what is kept is bounded, and who is looked at stays", () => {
  const people = new People([ANN]);
  const shown = computed(() => people.get(1)?.displayName);
  const stop = effect(() => void shown.value);
  for (let id = 10; id < 20_000; id++) people.learn([modelUser(id)]);
  assert.ok([...people.values()].length <= 3_000, "they are kept");
  assert.equal(shown.value, ANN.displayName);
  assert.ok(people.has(19_999));
  stop();
});

Deno.test("with another history of the database nobody of the old one is left", () => {
  const people = new People([ANN, BOB]);
  people.clear();
  assert.equal(people.get(1), undefined);
  assert.equal([...people.values()].length, 0);
});

Deno.test(
  "a client asks for an author whom ready does not list, and shows a rename made while it was away",
  sane,
  async () => {
    const server = new ModelServer([1], [1, 2]);
    server.listed = [1];
    const link = new Link(server, 1);
    const client = link.client({ users: [modelUser(1)] });
    client.start();
    await link.drain();
    const name = () => client.state.users.value.get(2)?.displayName;
    let shown: string | undefined;
    const stop = effect(() => void (shown = name()));
    assert.equal(shown, undefined);
    await link.clock.advance(0);
    await link.drain();
    assert.equal(shown, "user2");
    link.cut();
    server.names.set(2, "Robert");
    await link.clock.advance(1_000);
    await link.drain();
    await link.clock.advance(0);
    await link.drain();
    assert.equal(shown, "Robert");
    stop();
    client.stop();
  },
);

Deno.test(
  "an answer to a question of an earlier connection is not taken for what is so now",
  sane,
  async () => {
    const { people, requests, questions, tick } = stage();
    requests.online([]);
    let shown: string | undefined;
    const stop = effect(() => void (shown = people.get(5)?.displayName));
    await tick();
    const { moment } = people;
    requests.offline();
    requests.online([]);
    await tick();
    assert.deepEqual(questions.map(({ ids }) => ids), [[5], [5]]);
    await questions[0]!.answer([named(5, "Before")]);
    people.learn([named(5, "Before")], moment);
    assert.equal(shown, undefined);
    await questions[1]!.answer([named(5, "After")]);
    assert.equal(shown, "After");
    stop();
  },
);

Deno.test(
  "whoever is asked for is told of as here or not, and an event is newer",
  sane,
  async () => {
    const { here, people, requests, questions, tick } = stage();
    requests.online([]);
    people.get(5);
    await tick();
    await questions[0]!.answer([named(5, "Five")]);
    assert.deepEqual(here, ["5"]);
    const presence = signal<ReadonlyMap<number, PresenceStatus>>(new Map([[5, "away"]]));
    learnPresence(presence, { 5: "online", 6: "online" });
    assert.deepEqual([...presence.value], [[5, "away"], [6, "online"]]);
  },
);
