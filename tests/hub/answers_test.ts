import assert from "node:assert/strict";
import { COMMAND_TABLE } from "../../lib/chat/chat.ts";
import { ANSWERS, type OwnFrame } from "../../lib/hub/answers.ts";
import { FRAMES } from "../../lib/protocol/frames.ts";
import { message as messageOf } from "../support/model_message.ts";

const OWN: Record<OwnFrame, true> = { auth: true, sync: true, status: true, pong: true };

const message = messageOf(3, { id: 7, room: 2, rev: 5, ts: 1_000 });

Deno.test("every frame is the connection's own, or asks a command for what it carries", () => {
  assert.deepEqual(
    [...Object.keys(ANSWERS), ...Object.keys(OWN)].sort(),
    Object.keys(FRAMES).sort(),
  );
  for (const [type, { command }] of Object.entries(ANSWERS)) {
    assert.equal(COMMAND_TABLE[command].schema, FRAMES[type as keyof typeof FRAMES], type);
  }
});

Deno.test("an ack says where a message stands, a new one's also when and whether it is one", () => {
  const place = { id: 7, room: 2, seq: 3, rev: 5 };
  assert.deepEqual(ANSWERS.send.ack?.({ message, duplicate: true }), {
    message: { ...place, ts: 1_000 },
    duplicate: true,
  });
  for (const type of ["edit", "delete", "react"] as const) {
    assert.deepEqual(ANSWERS[type].ack?.(message), { message: place }, type);
  }
});

Deno.test("a moved mark is acknowledged without more, typing not at all", () => {
  assert.deepEqual(ANSWERS.read.ack?.(undefined), {});
  assert.equal(ANSWERS.typing.ack, null);
});
