/** A store made of queues, over executors that the test answers for. */
import assert from "node:assert/strict";
import { restore } from "../../../lib/store/commit/brief.ts";
import type { Executor } from "../../../lib/store/commit/executor.ts";
import { KINDS } from "../../../lib/store/commit/kinds.ts";
import { NO_PACE } from "../../../lib/store/commit/pace.ts";
import { OperationQueue } from "../../../lib/store/commit/queue.ts";
import { createQueuedStore } from "../../../lib/store/commit/queued_store.ts";
import type { BatchOutcome } from "../../../lib/store/commit/wire.ts";
import { eventually } from "../../support/eventually.ts";

function setUp() {
  const events: string[] = [];
  const queueNamed = (name: string) => {
    const handed: ((outcome: BatchOutcome) => void)[] = [];
    const executor: Executor = {
      restore,
      start: () => Promise.resolve(),
      run: () => new Promise((resolve) => handed.push(resolve)),
      close: () => Promise.resolve(),
    };
    const onCommit = () => void events.push("announced");
    const log = () => {};
    const queue = new OperationQueue({
      executor,
      name,
      batchSize: 10,
      pace: NO_PACE,
      onCommit,
      log,
    });
    return { queue, handed };
  };
  const [writer, reader] = [queueNamed("writer"), queueNamed("reader")];
  const store = createQueuedStore({
    queueOf: (name) => KINDS[name] === "write" ? writer.queue : reader.queue,
    queues: [reader.queue, writer.queue],
    known: { instance: "i", epoch: "e", inhabited: true },
  });
  const saying = (what: string) => (): void => void events.push(what);
  return { store, writer, reader, events, saying };
}

const SEEN: BatchOutcome = { outcomes: [{ head: 1 }], errors: new Map(), failure: null };
const WRITTEN: BatchOutcome = {
  outcomes: [{ result: undefined, changes: [{ type: "room", room: 1 }] }],
  errors: new Map(),
  failure: null,
};

Deno.test("what is told of all rooms, or of one, settles once a commit that it has seen is announced", async () => {
  for (const read of ["snapshot", "memberRooms"] as const) {
    const { store, writer, reader, events, saying } = setUp();
    const written = store.touchSessions({ seen: [] }).then(saying("written"));
    await eventually(() => assert.equal(writer.handed.length, 1));
    const asked = read === "snapshot"
      ? store.snapshot({ userId: 1 })
      : store.memberRooms({ room: 1, userIds: [1] });
    const seen = asked.then(saying("seen"));
    await eventually(() => assert.equal(reader.handed.length, 1));
    // Read in its own connection, it is here before the news of the commit.
    reader.handed[0]!(SEEN);
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(events, []);
    writer.handed[0]!(WRITTEN);
    await Promise.all([written, seen]);
    assert.equal(events[0], "announced");
    assert.deepEqual(events.toSorted(), ["announced", "seen", "written"]);
  }
});

Deno.test("a snapshot waits for nothing where nothing is written, and for a disk that hangs a second", async () => {
  const { store, writer, reader, events, saying } = setUp();
  const first = store.snapshot({ userId: 1 });
  await eventually(() => assert.equal(reader.handed.length, 1));
  reader.handed[0]!(SEEN);
  await first;
  const written = store.touchSessions({ seen: [] }).then(saying("written"));
  await eventually(() => assert.equal(writer.handed.length, 1));
  const second = store.snapshot({ userId: 1 });
  await eventually(() => assert.equal(reader.handed.length, 2));
  reader.handed[1]!(SEEN);
  await second;
  assert.deepEqual(events, [], "the disk still hangs");
  writer.handed[0]!(WRITTEN);
  await written;
});
