/** Dangerous commands: who has not shown lately who they are is asked for it first. */
import assert from "node:assert/strict";
import { z } from "zod";
import {
  askConfirmed,
  byAccount,
  type CommandDefinition,
  defineCommand,
} from "../../lib/chat/command.ts";
import { CONFIRMED_FOR, mayAct, mayEndanger } from "../../lib/protocol/permissions.ts";

const NOW = 1_800_000_000_000;

const command = (confirmed?: CommandDefinition<typeof schema, null>["confirmed"]) =>
  defineCommand({
    schema,
    access: byAccount(mayAct),
    ...(confirmed === undefined ? {} : { confirmed }),
    run: () => Promise.resolve(null),
  });
const schema = z.strictObject({ role: z.string().optional() });

const actor = (confirmedAt?: number | null) => ({
  userId: 1,
  role: "owner" as const,
  ...(confirmedAt === undefined ? {} : { confirmedAt }),
});

Deno.test("a proof lasts a quarter of an hour, and what is not known is no proof", () => {
  assert.equal(mayEndanger(NOW, NOW), "allowed");
  assert.equal(mayEndanger(NOW - CONFIRMED_FOR + 1, NOW), "allowed");
  assert.equal(mayEndanger(NOW - CONFIRMED_FOR, NOW), "refused");
  assert.equal(mayEndanger(null, NOW), "refused");
  assert.equal(mayEndanger(undefined, NOW), "refused");
});

Deno.test("a clock that was set back far makes no proof last, and one that is a little behind none void", () => {
  assert.equal(mayEndanger(NOW + 5_000, NOW), "allowed");
  assert.equal(mayEndanger(NOW + CONFIRMED_FOR, NOW), "refused");
});

Deno.test("a dangerous command is run for who has confirmed, and refused to everybody else", () => {
  const dangerous = command(true);
  assert.doesNotThrow(() => askConfirmed(dangerous, actor(NOW - 1_000), {}, NOW));
  for (const confirmedAt of [undefined, null, NOW - CONFIRMED_FOR]) {
    assert.throws(() => askConfirmed(dangerous, actor(confirmedAt), {}, NOW), {
      code: "confirm_first",
      status: 403,
    });
  }
});

Deno.test("a command may be dangerous for some inputs alone, or not at all", () => {
  const sometimes = command(({ role }) => role === "admin");
  const stale = actor(null);
  assert.throws(() => askConfirmed(sometimes, stale, { role: "admin" }, NOW), {
    code: "confirm_first",
  });
  assert.doesNotThrow(() => askConfirmed(sometimes, stale, { role: "guest" }, NOW));
  assert.doesNotThrow(() => askConfirmed(command(), stale, {}, NOW));
});
