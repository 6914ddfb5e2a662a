import assert from "node:assert/strict";
import { ConfabError, type FieldError } from "../../lib/errors.ts";
import { problemAnswer } from "../../lib/http/answer.ts";

Deno.test("an error is a problem with its code, its fields and its status", async () => {
  const errors: FieldError[] = [{ path: "name", message: "too long", reason: "too_long" }];
  const response = problemAnswer(new ConfabError("invalid", "Not so.", { errors }));
  assert.equal(response.status, 422);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.deepEqual(await response.json(), {
    type: "about:blank",
    title: "Invalid",
    status: 422,
    detail: "Not so.",
    code: "invalid",
    errors,
  });
});

Deno.test("a wait is told in whole seconds, at least one", () => {
  const wait = (retryAfter: number) =>
    problemAnswer(new ConfabError("rate_limited", "Slower.", { retryAfter })).headers.get(
      "retry-after",
    );
  assert.deepEqual([wait(1), wait(1_001)], ["1", "2"]);
});

Deno.test("nothing of an unexpected error is shown but that there was one", async () => {
  const response = problemAnswer(new Error("SELECT password_hash FROM users: /srv/secret"));
  assert.equal(response.status, 500);
  const text = await response.text();
  assert.match(text, /"code":"internal"/);
  assert.doesNotMatch(text, /SELECT|secret/);
});
