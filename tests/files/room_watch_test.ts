import assert from "node:assert/strict";
import { LOOK_EVERY, RoomWatch } from "../../lib/files/room_watch.ts";

/** So many bytes, in pieces of a fourth of what is between two looks. */
function bytesOf(pieces: number): { stream: ReadableStream<Uint8Array>; wasEnded(): boolean } {
  let [left, ended] = [pieces, false];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(LOOK_EVERY / 4));
      else controller.close();
    },
    cancel: () => void (ended = true),
  }, { highWaterMark: 0 });
  return { stream, wasEnded: () => ended };
}

async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const piece of stream) length += piece.byteLength;
  return length;
}

Deno.test("bytes go through as long as there is room, which is looked for now and then", async () => {
  let looks = 0;
  const watch = new RoomWatch(bytesOf(9).stream, () => Promise.resolve(void looks++));
  assert.equal(await lengthOf(watch.bytes), 9 * LOOK_EVERY / 4);
  assert.deepEqual([looks, watch.refusal], [2, null]);
});

Deno.test("where others have filled the disk meanwhile, it ends and says why", async () => {
  const { stream, wasEnded } = bytesOf(9);
  const full = new Error("full");
  const watch = new RoomWatch(stream, () => Promise.reject(full));
  assert.equal(await lengthOf(watch.bytes), LOOK_EVERY);
  assert.deepEqual([watch.refusal, wasEnded()], [full, true]);
});

Deno.test("a piece waits until what it needs is claimed, and goes no further where it is refused", async () => {
  const { stream, wasEnded } = bytesOf(3);
  const claimed: number[] = [];
  const taken = new Error("taken");
  const claim = (length: number) => {
    claimed.push(length / LOOK_EVERY);
    return length > LOOK_EVERY / 2 ? Promise.reject(taken) : null;
  };
  const watch = new RoomWatch(stream, () => Promise.resolve(), claim);
  assert.equal(await lengthOf(watch.bytes), LOOK_EVERY / 2);
  assert.deepEqual([claimed, watch.refusal, wasEnded()], [[0.25, 0.5, 0.75], taken, true]);
});

Deno.test("a sender that breaks off is told from a full disk", async () => {
  const gone = new ReadableStream<Uint8Array>({ pull: (it) => it.error(new Error("gone")) });
  const watch = new RoomWatch(gone, () => Promise.resolve());
  await assert.rejects(lengthOf(watch.bytes), { message: "gone" });
  assert.equal(watch.refusal, null);
});
