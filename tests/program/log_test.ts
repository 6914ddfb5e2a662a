/** The log: one line an event, whatever is in it, and no secrets. */
import assert from "node:assert/strict";
import type { LogLevel } from "../../lib/program/config/setting.ts";
import { createLogger } from "../../lib/program/log.ts";

function logged(level: LogLevel = "debug") {
  const lines: string[] = [];
  const log = createLogger({ level, now: () => 0, write: (line) => lines.push(line) });
  return { log, lines };
}

Deno.test("an event is one line: time, level, sentence, fields", () => {
  const { log, lines } = logged();
  log.info("a request failed", { path: "/api/me", status: 500, why: "two words", none: undefined });
  assert.deepEqual(lines, [
    '1970-01-01T00:00:00.000Z info a request failed path=/api/me status=500 why="two words"\n',
  ]);
});

Deno.test("line breaks in what clients send cannot make lines of their own", () => {
  const { log, lines } = logged();
  log.warn("odd\nname", { name: "x\n1970-01-01T00:00:00.000Z info all is well" });
  assert.equal(lines[0]!.split("\n").length, 2);
});

Deno.test("fields named as secrets are never written", () => {
  const { log, lines } = logged();
  log.error("x", { token: "t0ps3cret", newPassword: "t0ps3cret", Authorization: "t0ps3cret" });
  assert.doesNotMatch(lines[0]!, /t0ps3cret/);
  assert.match(lines[0]!, /token=\[hidden\]/);
});

Deno.test("an error is written with its stack and its cause, and no value can break the log", () => {
  const { log, lines } = logged();
  log.error("failed", { error: new Error("outer", { cause: new Error("inner") }) });
  assert.match(lines[0]!, /error="Error: outer\\n.*Caused by: Error: inner/);
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  log.error("odd", { cycle, big: 1n, missing: null });
  assert.equal(lines.length, 2);
});

Deno.test("lines below the level are left out", () => {
  const { log, lines } = logged("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assert.equal(lines.length, 2);
});
