import assert from "node:assert/strict";
import { z } from "zod";
import {
  type CommandDefinition,
  defineCommand,
  staffOnly,
  unlessGuest,
} from "../../lib/chat/command.ts";
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
    assert.equal(typeof command.access, "function", name);
  }
});

Deno.test("guests are refused where guests may not, admins pass where admins may", () => {
  assert.throws(() => unlessGuest({ userId: 1, role: "guest" }), { code: "forbidden" });
  assert.doesNotThrow(() => unlessGuest({ userId: 1, role: "bot" }));
  assert.throws(() => staffOnly({ userId: 1, role: "member" }), { code: "forbidden" });
  assert.doesNotThrow(() => staffOnly({ userId: 1, role: "admin" }));
});
