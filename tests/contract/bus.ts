/**
 * The contract of the bus: every implementation passes these tests, on one node and on three, and
 * nothing in them knows which one it is. Notices are the real ones, as they are written for other
 * nodes.
 */
import assert from "node:assert/strict";
import type { Bus, BusState } from "../../lib/bus/bus.ts";
import type { MessageNotice, Notice } from "../../lib/chat/notice.ts";
import { eventually } from "../support/eventually.ts";

export interface OpenBus {
  /** A node's bus. Nodes with the same name belong together. */
  (name?: string): Promise<Bus<Notice>>;
}

export interface BusContract {
  kind: BusState["kind"];
  /** Registers a test, and closes afterwards what it opened. */
  test(sentence: string, run: (open: OpenBus) => Promise<void>): void;
  /** Whether buses of one name hear each other. */
  joins: boolean;
}

export function busContract(contract: BusContract): void {
  hereTests(contract);
  if (contract.joins) elsewhereTests(contract);
}

function hereTests({ kind, test }: BusContract): void {
  test("this node's listeners are called before publish returns, in order", async (open) => {
    const bus = await open();
    const heard = hear(bus);
    bus.publish([message(1), typing(7)]);
    bus.publish([message(2)]);
    assert.deepEqual(heard.map(({ from }) => from), ["here", "here"]);
    const notices = heard.flatMap(({ notices }) => notices);
    assert.deepEqual(notices.map(plain), [message(1), typing(7), message(2)]);
  });

  test("a listener that was removed hears nothing, nor does any after the end", async (open) => {
    const bus = await open();
    const heard: Notice[] = [];
    const remove = bus.subscribe((notices) => heard.push(...notices));
    remove();
    bus.publish([message(1)]);
    bus.subscribe((notices) => heard.push(...notices));
    await bus.close();
    bus.publish([message(2)]);
    assert.deepEqual(heard, []);
  });

  test("a bus says what it is, and that it reaches the others", async (open) => {
    assert.deepEqual((await open()).state(), { kind, connected: true });
  });
}

function elsewhereTests({ test }: BusContract): void {
  test("the others hear what a node publishes, each once and in its order", async (open) => {
    const [one, two, three] = await nodes(open, 3);
    for (let rev = 1; rev <= 300; rev++) one.bus.publish([message(rev), typing(rev)]);
    const expected = Array.from({ length: 300 }, (_, i) => [message(i + 1), typing(i + 1)]).flat();
    for (const { heard, all } of [two, three]) {
      await eventually(() => assert.equal(all().length, expected.length));
      assert.deepEqual(all().map(plain), expected);
      assert.ok(heard.every(({ from }) => from === "elsewhere"));
    }
    // What came back to its author would be here by now: it came before the others' last ones.
    two.bus.publish([typing(1)]);
    await eventually(() => assert.equal(one.heard.at(-1)?.from, "elsewhere"));
    assert.equal(one.heard.filter(({ from }) => from === "elsewhere").length, 1);
  });

  test("three nodes hear each other, and each says at once what is its own", async (open) => {
    const all = await nodes(open, 3);
    all.forEach(({ bus }, index) => bus.publish([typing(index + 1)]));
    for (const [index, node] of all.entries()) {
      await eventually(() => assert.equal(node.all().length, 3));
      assert.deepEqual(node.heard[0]?.notices, [typing(index + 1)]);
      assert.deepEqual(node.heard.map(({ from }) => from), ["here", "elsewhere", "elsewhere"]);
    }
  });

  test("every letter arrives as it was, and every kind of notice", async (open) => {
    const [one, two] = await nodes(open, 2);
    const notices: Notice[] = [
      message(1, "one\ntwo\r\n \u2028\u2029 \0 \ud800 \"'\\ Ж é 👩‍👩‍👧‍👦"),
      typing(3),
      { type: "events" },
      { type: "read", userId: 3, room: 1, seq: 9 },
      { type: "moved", room: 1, rev: 5, access: 2 },
    ];
    one.bus.publish(notices);
    await eventually(() => assert.equal(two.all().length, notices.length));
    assert.deepEqual(two.all().map(plain), notices.map(plain));
  });

  test("a large commit arrives whole and in order", async (open) => {
    const [one, two] = await nodes(open, 2);
    const notices = Array.from(
      { length: 500 },
      (_, i) => message(i + 1, "Привет, мир! 🎈".repeat(9)),
    );
    one.bus.publish(notices);
    await eventually(() => assert.equal(two.all().length, notices.length));
    assert.deepEqual(two.all().map(plain), notices.map(plain));
  });

  test("the longest messages arrive, or at least that there is one to be read", async (open) => {
    const [one, two] = await nodes(open, 2);
    const texts = ["x", "ж", "漢", "🎈"].flatMap((letter) =>
      [900, 1_000, 1_900, 2_000, 3_800, 4_000].map((length) => letter.repeat(length))
    );
    const notices = texts.map((text, index) => message(index + 1, text));
    one.bus.publish(notices);
    await eventually(() => assert.equal(two.all().length, notices.length));
    for (const [index, heard] of two.all().entries()) {
      if (heard.type === "message") assert.deepEqual(plain(heard), plain(notices[index]!));
      else assert.deepEqual(heard, { type: "moved", room: 1, rev: index + 1, access: 4 });
    }
  });

  test("nothing is heard of nodes with another name", async (open) => {
    const [one, other] = [await open("a"), await open("b")];
    const [mine, theirs] = [hear(one), hear(other)];
    const witness = hear(await open("b"));
    one.publish([typing(1)]);
    other.publish([typing(2)]);
    await eventually(() => assert.equal(witness.length, 1));
    assert.deepEqual(mine.map(({ notices }) => notices), [[typing(1)]]);
    assert.deepEqual(theirs.map(({ notices }) => notices), [[typing(2)]]);
  });

  test("what a node said just before it ended still arrives", async (open) => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = await nodes(open, 2);
      for (let i = 1; i <= 50; i++) one.bus.publish([message(i, "x".repeat(3_000))]);
      one.bus.publish([typing(9)]);
      await one.bus.close();
      await eventually(() => assert.deepEqual(two.all().at(-1), typing(9)), 3_000);
      await two.bus.close();
    }
  });

  test("a node that ends says nothing any more, and the others go on", async (open) => {
    const [one, two, three] = await nodes(open, 3);
    await one.bus.close();
    one.bus.publish([typing(1)]);
    two.bus.publish([typing(2)]);
    await eventually(() => assert.equal(three.all().length, 1));
    assert.deepEqual(three.all(), [typing(2)]);
    assert.deepEqual(one.all(), []);
  });
}

interface Heard {
  notices: Notice[];
  from: "here" | "elsewhere";
}

function hear(bus: Bus<Notice>): Heard[] {
  const heard: Heard[] = [];
  bus.subscribe((notices, from) => heard.push({ notices, from }));
  return heard;
}

async function nodes<Count extends number>(open: OpenBus, count: Count) {
  const buses = await Promise.all(Array.from({ length: count }, () => open()));
  const all = buses.map((bus) => {
    const heard = hear(bus);
    return { bus, heard, all: () => heard.flatMap(({ notices }) => notices) };
  });
  type Node = (typeof all)[number];
  return all as unknown as [Node, Node, ...Node[]] & Record<0 | 1 | 2, Node>; // `count` of them
}

function typing(userId: number): Notice {
  return { type: "typing", room: 1, userId };
}

export function message(rev: number, text = `text ${rev}`): MessageNotice {
  const fields = { id: rev, room: 1, seq: rev, rev, userId: 3, text, ts: 1_700_000_000_000 };
  // What else a message has is for its readers: the bus hands it on as it is.
  const whole = { ...fields, clientId: `client-${rev}` } as unknown as MessageNotice["message"];
  return { type: "message", room: 1, rev, access: 4, message: whole };
}

/** As it was published: without what was kept to save work. */
export function plain(notice: Notice): Notice {
  if (notice.type !== "message") return notice;
  const { type, room, rev, access, message } = notice;
  return { type, room, rev, access, message };
}
