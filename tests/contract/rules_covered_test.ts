/**
 * The table of `rules/expected.ts` is whole and says what `protocol/permissions.ts` says: no operation
 * without a row, no row of an operation that is gone, no rule of a command that no row tries.
 */
import assert from "node:assert/strict";
import { COMMAND_TABLE } from "../../lib/chat/chat.ts";
import type { Rule } from "../../lib/chat/command.ts";
import type { Verdict } from "../../lib/protocol/permissions.ts";
import { OPERATIONS } from "../../lib/store/operations/table.ts";
import {
  ELSEWHERE,
  FOR_THE_PROGRAM,
  IN_ROOMS,
  type Role,
  ROLES,
  type RoomRow,
  SITUATIONS,
} from "./rules/expected.ts";
import { answer, at, chatOver, sessionRole, withWorld } from "./rules/trying.ts";
import { START } from "./store/stage.ts";
import { standingOf } from "./rules/world.ts";

const LETTER: Record<Verdict, string> = { allowed: "A", refused: "F", hidden: "-" };

Deno.test("the table is what the rules say, and each rule of a command has its rows", () => {
  const standing = (row: RoomRow, situation: (typeof SITUATIONS)[number], role: Role) =>
    row.rule(standingOf({ role, situation } as never), { isAuthor: true, deleted: false });
  for (const row of IN_ROOMS) {
    for (const situation of SITUATIONS.filter((each) => each !== "nowhere")) {
      const letters = ROLES.map((role) => LETTER[standing(row, situation, role)]).join("");
      assert.equal(letters, row.expected[situation], `${row.command} ${row.what} ${situation}`);
    }
  }
});

Deno.test("a command that the account alone decides is refused before the store is asked", () => {
  for (const row of ELSEWHERE) {
    const { access } = COMMAND_TABLE[row.command];
    if (access.by !== "account") continue;
    for (const [index, role] of ROLES.entries()) {
      const user = { role: sessionRole(role), disabled: role === "disabled" };
      const says = LETTER[access.rules[0](user)];
      // What the account may, another account may still forbid, or there is none.
      if (says === "F") {
        assert.equal(row.expected[index], "F", `${row.command} ${row.what} ${role}`);
      } else assert.notEqual(row.expected[index], "F", `${row.command} ${row.what} ${role}`);
    }
  }
});

/** Names without a row, and rows without a name. */
function unmatched(names: readonly string[], rows: readonly string[]): string[] {
  return [
    ...names.filter((name) => !rows.includes(name)).map((name) => `${name} has no row`),
    ...rows.filter((row) => !names.includes(row)).map((row) => `${row} is no operation`),
  ];
}

const ROWS = [...IN_ROOMS, ...ELSEWHERE].map(({ command }) => command as string);

Deno.test("every command has a row, and every row its command", () => {
  assert.deepEqual(unmatched(Object.keys(COMMAND_TABLE), ROWS), []);
});

Deno.test("a command that was added without a row is found, and so is a row that was left behind", () => {
  assert.deepEqual(unmatched([...Object.keys(COMMAND_TABLE), "pinMessage"], ROWS), [
    "pinMessage has no row",
  ]);
  assert.deepEqual(unmatched(Object.keys(COMMAND_TABLE), [...ROWS, "burnMessage"]), [
    "burnMessage is no operation",
  ]);
});

Deno.test("every rule that a command names is asked by one of its rows", () => {
  const missing = Object.entries(COMMAND_TABLE).flatMap(([name, { access }]) => {
    const tried = IN_ROOMS.filter(({ command }) => command === name).map(({ rule }) => rule);
    const named: Rule[] = IN_ROOMS.some(({ command }) => command === name) ? access.rules : [];
    return named.filter((rule) => !tried.includes(rule) && isOfRooms(rule)).map((rule) =>
      `${name}: ${rule.name}`
    );
  });
  assert.deepEqual(missing, []);
});

/** Rules about other accounts have their rows elsewhere. */
function isOfRooms(rule: Rule): boolean {
  return !["mayReach", "maySeeUser"].includes(rule.name);
}

Deno.test("every operation of the store is reached by a command, or stands in the list of those that none reaches", async () => {
  const reached = new Set<string>();
  await withWorld(async (_chat, world, { store }) => {
    const spy = new Proxy(store, {
      get(target, name: keyof typeof store) {
        reached.add(name);
        return target[name].bind(target);
      },
    });
    const chat = chatOver(spy, () => START);
    // What only staff may do does not reach the store for a member.
    for (const [index, role] of [[2, "member"], [0, "owner"]] as const) {
      const from = world.cases[index]!;
      for (const row of ELSEWHERE) {
        await answer(chat, row.command, at(from.actor, role), row.input(from));
      }
    }
    for (const row of IN_ROOMS) {
      const cell = world.cellOf(row, "publicOwner", "member");
      await answer(chat, row.command, at(cell.actor, "member"), row.input(cell));
    }
  });
  const known = [...reached, ...Object.keys(FOR_THE_PROGRAM)];
  assert.deepEqual(unmatched(Object.keys(OPERATIONS), known), []);
});
