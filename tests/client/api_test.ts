import assert from "node:assert/strict";
import { createApi } from "../../lib/client/api.ts";
import type { HttpRequest } from "../../lib/client/environment.ts";

function answering(status: number, body: unknown) {
  const calls: { path: string; request: HttpRequest }[] = [];
  const api = createApi({
    fetch(path, request) {
      calls.push({ path, request });
      const json = () =>
        body === undefined ? Promise.reject(new SyntaxError()) : Promise.resolve(body);
      return Promise.resolve({ ok: status < 400, status, json });
    },
  });
  return { api, calls };
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
  const api = createApi({ fetch: () => Promise.reject(new TypeError("failed to fetch")) });
  await assert.rejects(api("GET", "/api/me"), { code: "offline" });
});
