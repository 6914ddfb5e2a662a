import assert from "node:assert/strict";
import { RoomIds } from "../../../lib/hub/sockets/room_ids.ts";

Deno.test("rooms that come and go in any order are there once each, in the order of their ids", () => {
  const [rooms, expected] = [new RoomIds(), new Set<number>()];
  // A walk over 1 to 100 that repeats none within a hundred steps.
  for (let step = 1; step <= 400; step++) {
    const room = (step * 37) % 101;
    if (step % 3 === 0) {
      rooms.delete(room);
      expected.delete(room);
    } else {
      rooms.add(room);
      expected.add(room);
    }
    assert.deepEqual([...rooms], [...expected].sort((a, b) => a - b));
    assert.equal(rooms.has(room), expected.has(room));
    assert.equal(rooms.has(room + 0.5), false);
  }
  assert.equal(rooms.size, expected.size);
});

Deno.test("what was left is not there any more, and may be left again", () => {
  const rooms = new RoomIds();
  for (const room of [3, 1, 2 ** 40, 3]) rooms.add(room);
  assert.deepEqual([...rooms], [1, 3, 2 ** 40]);
  rooms.delete(3);
  rooms.delete(3);
  assert.deepEqual([rooms.has(1), rooms.has(3), rooms.has(2 ** 40)], [true, false, true]);
  rooms.clear();
  assert.deepEqual([rooms.size, rooms.has(1), [...rooms]], [0, false, []]);
});
