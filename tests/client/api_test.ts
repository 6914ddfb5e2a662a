import assert from "node:assert/strict";
import { createApi } from "../../lib/client/api.ts";
import type { HttpRequest } from "../../lib/client/environment.ts";
import type { RequestError } from "../../lib/client/request_error.ts";

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const calls: { path: string; request: HttpRequest }[] = [];
  const refusals: RequestError[] = [];
  const api = createApi({
    environment: {
      fetch(path, request) {
        calls.push({ path, request });
        const json = () =>
          body === undefined ? Promise.reject(new SyntaxError()) : Promise.resolve(body);
        return Promise.resolve({ ok: status < 400, status, headers: new Headers(headers), json });
      },
    },
    sessionId: 7,
    instance: "model",
    refused: (error) => void refusals.push(error),
  });
  return { api, calls, refusals };
}

Deno.test("a request is JSON with the page's own cookie", async () => {
  const { api, calls } = answering(200, { id: 1 });
  assert.deepEqual(await api("POST", "/api/rooms", { name: "x" }), { id: 1 });
  const [{ path, request }] = calls as [typeof calls[0]];
  assert.equal(path, "/api/rooms");
  assert.equal(request.credentials, "same-origin");
  assert.equal(request.headers["content-type"], "application/json");
  assert.equal(request.body, '{"name":"x"}');
});

Deno.test("an empty answer is none, and a request without a body sends none", async () => {
  const { api, calls } = answering(204, undefined);
  assert.equal(await api("DELETE", "/api/me/sessions/1"), undefined);
  assert.equal("body" in calls[0]!.request, false);
  assert.equal("content-type" in calls[0]!.request.headers, false);
});

Deno.test("a problem becomes an error with its code, sentence and fields", async () => {
  const errors = [{ path: "name", message: "is too short" }];
  const { api } = answering(422, { code: "invalid", detail: "Cannot take this.", errors });
  await assert.rejects(api("POST", "/api/rooms", {}), {
    name: "RequestError",
    code: "invalid",
    message: "Cannot take this.",
    errors,
  });
});

Deno.test("an answer that is no problem document is judged by its status", async () => {
  await assert.rejects(answering(502, undefined).api("GET", "/"), { code: "unavailable" });
  await assert.rejects(answering(429, undefined).api("GET", "/"), { code: "rate_limited" });
  await assert.rejects(answering(418, undefined).api("GET", "/"), { code: "internal" });
});

Deno.test("no answer at all means offline", async () => {
  const api = createApi({
    environment: { fetch: () => Promise.reject(new TypeError("failed to fetch")) },
    sessionId: 7,
    instance: "model",
    refused: () => assert.fail("an outage is no refusal"),
  });
  await assert.rejects(api("GET", "/api/me"), { code: "offline" });
});

Deno.test("every request says for which session it speaks, but the question whose it is", async () => {
  const { api, calls } = answering(200, { id: 1 });
  await api("GET", "/api/rooms");
  await api("PUT", "/api/rooms/1/read", { seq: 1 });
  await api("GET", "/api/me", undefined, "anySession");
  assert.deepEqual(
    calls.map(({ request }) => request.headers["x-confab-session"]),
    ["7", "7", undefined],
  );
  assert.deepEqual(
    calls.map(({ request }) => request.headers["x-confab-instance"]),
    ["model", "model", undefined],
  );
});

Deno.test("a refusal for the session's sake is told with its reason, any other is not", async () => {
  const gone = answering(401, { code: "unauthenticated", reason: "password" });
  await assert.rejects(gone.api("GET", "/api/rooms"), { code: "unauthenticated" });
  assert.equal(gone.refusals[0]?.reason, "password");
  const other = answering(409, { code: "other_session" });
  await assert.rejects(other.api("GET", "/api/rooms"), { code: "other_session" });
  assert.equal(other.refusals[0]?.code, "other_session");
  const strange = answering(401, { code: "unauthenticated", reason: "<b>nonsense</b>" });
  await assert.rejects(strange.api("GET", "/api/rooms"));
  assert.equal(strange.refusals[0]?.reason, undefined);
  for (const code of ["conflict", "forbidden", "not_found"]) {
    const { api, refusals } = answering(409, { code });
    await assert.rejects(api("GET", "/api/rooms"), { code });
    assert.deepEqual(refusals, []);
  }
});

Deno.test("an answer that breaks off, or does not end in time, is one that did not come", async () => {
  const { api } = answering(200, undefined);
  await assert.rejects(api("GET", "/api/rooms"), { name: "RequestError", code: "offline" });
});

Deno.test("a server that asks for patience is heard, in milliseconds; a date or nonsense is not", async () => {
  const busy = (value?: string) =>
    answering(429, { code: "rate_limited" }, value === undefined ? {} : { "retry-after": value })
      .api("GET", "/api/rooms").then(() => assert.fail(), (error) => error.retryAfter);
  assert.equal(await busy("7"), 7_000);
  assert.equal(await busy("0"), 0);
  assert.equal(await busy(), undefined);
  assert.equal(await busy("-1"), undefined);
  assert.equal(await busy("Fri, 31 Dec 1999 23:59:59 GMT"), undefined);
});
