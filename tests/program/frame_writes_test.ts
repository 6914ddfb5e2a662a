import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { writeFramesInPlace } from "../../lib/program/frame_writes.ts";

const PROGRAM = fileURLToPath(new URL("../support/frame_buffers.ts", import.meta.url));
/** What a hundred frames of a quarter of a megabyte take. */
const FRAMES = 25 * 2 ** 20;

function variables(known: Record<string, string>, isAllowed = true) {
  const values = new Map(Object.entries(known));
  writeFramesInPlace({
    isAllowed: () => isAllowed,
    get: (name) => {
      assert.ok(isAllowed, "to read it would stop and ask the operator");
      return values.get(name);
    },
    set: (name, value) => {
      assert.ok(isAllowed, "so would writing it");
      values.set(name, value);
    },
  });
  return Object.fromEntries(values);
}

Deno.test("the runtime's switch is turned on, unless the operator has said otherwise or Deno keeps it from us", () => {
  assert.deepEqual(variables({}), { DENO_USE_WRITEV: "1" });
  assert.deepEqual(variables({ DENO_USE_WRITEV: "" }), { DENO_USE_WRITEV: "" });
  assert.deepEqual(variables({}, false), {});
});

Deno.test("a socket keeps nothing of a large frame that was read, as it would without the switch", async () => {
  const [small, large] = [await growth(["in-place"]), await growth([])];
  assert.ok(large - small > FRAMES / 2, `${large} bytes without it, ${small} with`);
});

/** Bytes; see the program. */
async function growth(args: string[]): Promise<number> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", PROGRAM, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  return Number(new TextDecoder().decode(stdout));
}
