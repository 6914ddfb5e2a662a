/** Who is offered to give a thread a title: those to whom the server's rule allows it. */
import assert from "node:assert/strict";
import { mayNameThread } from "../../../lib/ui/threads/naming.ts";
import { ANN, BOB, messageOf, roomOf, userOf } from "../fake_client.ts";

const ROOT = messageOf(1, "What colour?", { userId: BOB.id });
const CAROL = userOf(3, "carol");
const room = roomOf({ membership: { ...roomOf().membership, role: "member" } });

Deno.test("who writes in a thread is offered to name it, and who only reads is not", () => {
  assert.equal(mayNameThread(BOB, room, ROOT, []), true);
  assert.equal(mayNameThread(CAROL, room, ROOT, []), false);
  const reply = messageOf(2, "Blue.", { userId: CAROL.id, thread: ROOT.id, replyTo: ROOT.id });
  assert.equal(mayNameThread(CAROL, room, ROOT, [reply]), true);
  assert.equal(mayNameThread(CAROL, room, ROOT, [{ ...reply, deletedAt: 5 }]), false);
});

Deno.test("staff are offered to name a room's threads, and none of a conversation's", () => {
  const admin = { ...ANN, role: "admin" as const };
  assert.equal(mayNameThread(admin, room, ROOT, []), true);
  assert.equal(mayNameThread(admin, { ...room, kind: "direct" }, ROOT, []), false);
});

Deno.test("a deleted message without replies is no thread, and an archived room changes no more", () => {
  assert.equal(mayNameThread(BOB, room, { ...ROOT, deletedAt: 5 }, []), false);
  assert.equal(mayNameThread(BOB, { ...room, archived: true }, ROOT, []), false);
});
