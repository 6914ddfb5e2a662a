/** What is planned, over the running program: at its time, once, in order, on all one's devices. */
import assert from "node:assert/strict";
import type { HistoryPage } from "../../lib/protocol/history.ts";
import type { Scheduled } from "../../lib/protocol/scheduled.ts";
import { eventually } from "../support/eventually.ts";
import { type Person, signUp } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const plan = ({ api }: Person, room: number, text: string, at: number) =>
  api.post<Scheduled>(`/api/rooms/${room}/scheduled`, { text, at });

const list = async ({ api }: Person) =>
  (await api.get<{ scheduled: Scheduled[] }>("/api/me/scheduled")).scheduled;

async function textsIn({ api }: Person, room: number): Promise<string[]> {
  const { messages } = await api.get<HistoryPage>(`/api/rooms/${room}/messages`);
  return messages.map(({ text }) => text);
}

test("a scheduled message comes to everybody at its time, and its author's devices hear of it", async () => {
  const { ann, room, onAnn, onBob } = await house.pair();
  const other = await house.connect(ann);
  const at = Date.now() + 400;
  const { id } = await plan(ann, room, "at its time", at);
  const told = await other.event("scheduled");
  assert.deepEqual([told.id, told.scheduled?.text, told.later.scheduled], [id, "at its time", 1]);
  const { message } = await onBob.event("message", ({ message }) => message.text === "at its time");
  assert.ok(message.ts >= at, "not before");
  const gone = await onAnn.event("scheduled", ({ scheduled }) => scheduled === null);
  assert.deepEqual([gone.message, gone.later.scheduled], [message.id, 0]);
  assert.deepEqual(await list(ann), []);
  assert.deepEqual(onBob.all("scheduled"), []);
});

test("several are sent in the order of their times, whatever the order in which they were planned", async () => {
  const { ann, room } = await house.pair();
  const now = Date.now();
  for (const step of [4, 1, 3, 2, 5]) await plan(ann, room, `${step}`, now + 500 + step);
  await eventually(async () =>
    assert.deepEqual((await textsIn(ann, room)).slice(-5), ["1", "2", "3", "4", "5"])
  );
});

test("who may not write any more by then keeps it, with the reason, and is told", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  await plan(bob, room, "too late", Date.now() + 400);
  await ann.api.delete(`/api/rooms/${room}/members/${bob.id}`);
  const { scheduled, later } = await onBob.event(
    "scheduled",
    ({ scheduled }) => scheduled?.failed !== null && scheduled !== null,
  );
  assert.equal(scheduled?.failed?.code, "not_found");
  assert.equal(later.failed, 1);
  assert.ok(!(await textsIn(ann, room)).includes("too late"));
  assert.equal((await house.connect(bob)).ready.later?.failed, 1);
});

test("a reminder is told on all one's connections, once, and is in the list until it is dismissed", async () => {
  const { bob, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(bob);
  const { id } = await onAnn.send(room, "read this");
  await bob.api.request("POST", `/api/messages/${id}/remind`, { at: Date.now() + 300 });
  for (const socket of [onBob, second]) {
    const { message, later } = await socket.event("reminder");
    assert.deepEqual([message.id, message.text, later.due], [id, "read this", 1]);
  }
  assert.equal((await house.connect(bob)).ready.later?.due, 1);
  await bob.api.delete(`/api/messages/${id}/remind`);
  const { later, at } = await second.event("reminderSet", ({ at }) => at === null);
  assert.deepEqual([later.due, at], [0, null]);
  assert.equal((await house.connect(bob)).ready.later, undefined);
  await onAnn.settled();
  assert.deepEqual(onAnn.all("reminder"), []);
});

Deno.test("what was due while the program was away is sent when it is back, once and in order", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  const at = Date.now() + 1_500;
  for (const step of [2, 1, 3]) await plan(ann, 1, `missed ${step}`, at + step);
  await program.kill("SIGKILL");
  await eventually(() => Promise.resolve(assert.ok(Date.now() > at + 5)));
  await program.restart();
  const missed = async () => (await textsIn(ann, 1)).filter((text) => text.startsWith("missed"));
  await eventually(async () =>
    assert.deepEqual(await missed(), ["missed 1", "missed 2", "missed 3"])
  );
  assert.deepEqual(await list(ann), []);
  await program.kill("SIGKILL");
  await program.restart();
  assert.deepEqual(await missed(), ["missed 1", "missed 2", "missed 3"]);
});
