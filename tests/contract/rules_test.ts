/**
 * Every operation, by every role, in every kind of room, against the real store: who may do what is
 * what `rules/expected.ts` says, what is hidden answers as if it did not exist, and no operation is
 * without a row.
 */
import assert from "node:assert/strict";
import type { Chat } from "../../lib/chat/chat.ts";
import {
  ELSEWHERE,
  IN_ROOMS,
  type Role,
  ROLES,
  type RoomRow,
  type Row,
  SITUATIONS,
} from "./rules/expected.ts";
import { type Answer, answer, at, sessionRole, withWorld } from "./rules/trying.ts";
import type { Case, World } from "./rules/world.ts";
import { refused } from "./store/stage.ts";
import { openedSession } from "../support/opened_session.ts";

Deno.test("every operation in every kind of room answers every role as the table says", async () => {
  await withWorld(async (chat, world) => {
    const wrong: string[] = [];
    // One row after the other, its cells at once: each has its room, or changes nothing in it that
    // another goes by.
    for (const row of IN_ROOMS) {
      await Promise.all(ROLES.map(async (role, at) => {
        const nowhere = await tryCell(chat, world, row, "nowhere", role);
        await Promise.all(SITUATIONS.map(async (situation) => {
          const told = await tryCell(chat, world, row, situation, role);
          const expected = row.expected[situation][at];
          const where = `${row.command} (${row.what ?? "plainly"}), ${situation}, ${role}`;
          if (told.letter !== expected) wrong.push(`${where}: ${told.letter} for ${expected}`);
          if (told.letter === "-" && told.refusal !== nowhere.refusal) {
            wrong.push(`${where}: ${told.refusal} is not as where there is nothing`);
          }
        }));
      }));
    }
    assert.deepEqual(wrong, []);
  });
});

/** Once as the session knows the role, and, if that is refused, as one that is behind. */
async function tryCell(
  chat: Chat,
  world: World,
  row: RoomRow,
  situation: (typeof SITUATIONS)[number],
  role: Role,
): Promise<Answer> {
  const cell = world.cellOf(row, situation, role);
  const input = row.input(cell);
  const told = await answer(chat, row.command, at(cell.actor, sessionRole(role)), input);
  if (told.letter === "A") return told;
  const behind = await answer(chat, row.command, at(cell.actor, "owner"), input);
  assert.deepEqual(
    behind,
    told,
    `${row.command} of a session that is behind: ${situation} ${role}`,
  );
  return told;
}

Deno.test("every other operation answers every role as the table says", async () => {
  await withWorld(async (chat, { cases }) => {
    const wrong: string[] = [];
    for (const row of ELSEWHERE) {
      for (const [index, from] of cases.entries()) {
        const letters = await tryCase(chat, row, from);
        const expected = row.expected[index]!;
        const behind = expected === "F" && row.overtaken && from.role !== "disabled"
          ? "A"
          : expected;
        if (letters === expected + behind) continue;
        const where = `${row.command} (${row.what ?? "plainly"}), ${from.role}`;
        wrong.push(`${where}: ${letters} for ${expected + behind}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});

/** The letter for the session as it is, and for one that is behind where that makes a difference. */
async function tryCase(chat: Chat, row: Row, from: Case): Promise<string> {
  const input = row.input(from);
  const told = await answer(chat, row.command, at(from.actor, sessionRole(from.role)), input);
  if (told.letter === "A") return "AA";
  const behind = await answer(chat, row.command, at(from.actor, "owner"), input);
  return told.letter + behind.letter;
}

Deno.test("a stranger's profile answers a guest exactly as nobody's", async () => {
  await withWorld(async (chat, { cases }) => {
    const guest = cases.find(({ role }) => role === "guest")!;
    const of = (id: number) => answer(chat, "getUser", at(guest.actor, "guest"), { id });
    assert.deepEqual(await of(guest.stranger), await of(guest.nobody));
    const told = (ids: number[]) => chat.run("listUsers", at(guest.actor, "guest"), { ids });
    assert.deepEqual(await told([guest.stranger, guest.nobody]), []);
    assert.equal((await told([guest.friend])).length, 1);
  });
});

Deno.test("public rooms that a guest is not in are not in its list, be its session behind", async () => {
  await withWorld(async (chat, { cases }) => {
    const guest = cases.find(({ role }) => role === "guest")!;
    const rooms = await chat.run("browseRooms", at(guest.actor, "owner"), { q: "" });
    assert.ok(rooms.length > 0);
    for (const room of rooms) {
      assert.ok(
        "membership" in await chat.run("getRoom", at(guest.actor, "guest"), { room: room.id }),
      );
    }
  });
});

Deno.test("a disabled account opens no session and changes no password; another's session is not there", async () => {
  await withWorld(async (_chat, { cases }, { store }) => {
    const now = Date.now();
    const session = { device: "", address: "", expiresAt: now + 1_000 };
    const gone = cases.find(({ role }) => role === "disabled")!.actor;
    const member = cases.find(({ role }) => role === "member")!.actor;
    await refused("forbidden", openedSession(store, { userId: gone, session, now }));
    await refused(
      "forbidden",
      store.changePassword({ userId: gone, passwordHash: "x", keepSession: 0, now }),
    );
    const sessionId = await openedSession(store, { userId: member, session, now });
    const revoke = (userId: number, id: number) =>
      store.revokeSession({ userId, sessionId: id, reason: "revoked", now });
    const others = await refused("not_found", revoke(cases[0]!.actor, sessionId));
    const nobodys = await refused("not_found", revoke(cases[0]!.actor, 999_999));
    assert.equal(others.message, nobodys.message);
    assert.equal((await store.getSession({ id: sessionId, now }))!.user.id, member);
  });
});
