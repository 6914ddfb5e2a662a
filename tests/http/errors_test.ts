/** What the operator's log gets of requests that fail. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { answerError } from "../../lib/http/errors.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { createLogger, type Logger } from "../../lib/program/log.ts";

function logOf(level: "debug" | "info"): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLogger({ level, now: () => 0, write: (line) => lines.push(line) }) };
}

async function answer(error: unknown, log: Logger): Promise<Response> {
  const req = new Request("http://localhost/api/me");
  // The cast: nothing else of it is asked for.
  const ctx = { req, url: new URL(req.url), route: "/api/me" } as unknown as Ctx;
  return await answerError(error, ctx, () => new Response(), log);
}

Deno.test("a fault is told with what happened, and the one who asked learns nothing of it", async () => {
  const { log, lines } = logOf("info");
  const response = await answer(new Error("a detail"), log);
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /a detail/);
  assert.match(lines.join(""), /error a request failed method=GET route=\/api\/me .*a detail/);
});

Deno.test("while the database is away, no request fills the log; who looks closer sees each", async () => {
  const refused = () => new ConfabError("unavailable", "Not now.", { retryAfter: 1000 });
  const [quiet, close] = [logOf("info"), logOf("debug")];
  assert.equal((await answer(refused(), quiet.log)).status, 503);
  assert.deepEqual(quiet.lines, []);
  await answer(refused(), close.log);
  assert.match(close.lines.join(""), /debug a request failed/);
});
