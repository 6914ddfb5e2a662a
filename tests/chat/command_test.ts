import assert from "node:assert/strict";
import { z } from "zod";
import {
  askAccess,
  byAccount,
  type CommandDefinition,
  defineCommand,
} from "../../lib/chat/command.ts";
import { mayChangeAccounts, mayMakeRoom } from "../../lib/protocol/permissions.ts";
import { COMMAND_TABLE } from "../../lib/chat/chat.ts";

Deno.test("a command without access cannot be registered", () => {
  const definition = { schema: z.strictObject({}), run: () => Promise.resolve() };
  assert.throws(
    () => defineCommand(definition as unknown as CommandDefinition<z.ZodType, void>),
    TypeError,
  );
});

Deno.test("every command has a schema that refuses unknown fields", () => {
  for (const [name, command] of Object.entries(COMMAND_TABLE)) {
    assert.equal(command.schema.safeParse({ surprise: true }).success, false, name);
    assert.ok(command.access.rules.length > 0, name);
    for (const rule of command.access.rules) assert.equal(typeof rule, "function", name);
  }
});

Deno.test("guests are refused where guests may not, admins pass where admins may", () => {
  const unlessGuest = byAccount(mayMakeRoom);
  const staffOnly = byAccount(mayChangeAccounts);
  assert.throws(() => askAccess(unlessGuest, { userId: 1, role: "guest" }), { code: "forbidden" });
  assert.doesNotThrow(() => askAccess(unlessGuest, { userId: 1, role: "bot" }));
  assert.throws(() => askAccess(staffOnly, { userId: 1, role: "member" }), { code: "forbidden" });
  assert.doesNotThrow(() => askAccess(staffOnly, { userId: 1, role: "admin" }));
});
