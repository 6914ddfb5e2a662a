import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { Bodies } from "../../lib/http/bodies.ts";
import {
  isForm,
  readForm,
  readJson,
  readJsonIfAny,
  readWith,
  type RequestWithBody,
} from "../../lib/http/body.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

/** A request of somebody who is signed in. */
function request(
  body: BodyInit,
  type: string,
  caller: unknown = { user: { id: 1 } },
  mayKnock: () => void = () => {},
): RequestWithBody {
  const req = new Request("http://chat.test/", {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  const services = { bodies: new Bodies(new VirtualLoop().loop), auth: { mayKnock } };
  // The cast: of what a request comes with, reading its body needs only this.
  return { req, state: { caller, address: "192.0.2.1", services } } as unknown as RequestWithBody;
}

const json = (text: string) => request(text, "application/json; charset=utf-8");

Deno.test("a JSON body is read; another type is refused, since a foreign form could send it", async () => {
  assert.deepEqual(await readJson(json('{"a":1}')), { a: 1 });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    await assert.rejects(readJson(request('{"a":1}', type)), { code: "bad_request" });
  }
});

Deno.test("where a body may be left out, an empty one of any type is none, and another type is refused", async () => {
  for (const type of ["application/json", "text/plain", ""]) {
    assert.deepEqual(await readJsonIfAny(request("", type)), {}, type);
    assert.deepEqual(await readJsonIfAny(request(ReadableStream.from([]), type)), {}, type);
  }
  assert.deepEqual(await readJsonIfAny(json('{"a":1}')), { a: 1 });
  for (const type of ["text/plain", ""]) {
    await assert.rejects(readJsonIfAny(request('{"a":1}', type)), { code: "bad_request" });
  }
  await assert.rejects(readJsonIfAny(json("{")), { code: "bad_request" });
});

Deno.test("a stranger may leave a body out unless they have knocked too often", async () => {
  assert.deepEqual(await readJsonIfAny(request("", "", null), "anybody"), {});
  await assert.rejects(readJsonIfAny(request("", "", null)), { code: "unauthenticated" });
  const tired = () => {
    throw new ConfabError("rate_limited", "Too often.");
  };
  const knock = readJsonIfAny(request("", "", null, tired), "anybody");
  await assert.rejects(knock, { code: "rate_limited" });
});

Deno.test("what is no JSON or no UTF-8 is a bad request", async () => {
  await assert.rejects(readJson(json("{")), { code: "bad_request" });
  await assert.rejects(readJson(json("")), { code: "bad_request" });
  const bytes = new Uint8Array([0x22, 0xff, 0xfe, 0x22]);
  await assert.rejects(readJson(request(bytes, "application/json")), { code: "bad_request" });
});

Deno.test("a body over 64 KiB is too large, whether or not its length is declared", async () => {
  const long = `"${"x".repeat(65_536)}"`;
  await assert.rejects(readJson(json(long)), { code: "too_large" });
  const chunks = ReadableStream.from([new TextEncoder().encode(long)]);
  await assert.rejects(readJson(request(chunks, "application/json")), { code: "too_large" });
});

Deno.test("a field that the path has already said is refused, a __proto__ key is kept to be refused", async () => {
  assert.deepEqual(await readWith(json('{"a":1}'), { room: 7 }), { a: 1, room: 7 });
  await assert.rejects(readWith(json('{"room":8}'), { room: 7 }), { code: "invalid" });
  await assert.rejects(readWith(json("[]"), { room: 7 }), { code: "bad_request" });
  const merged = await readWith(json('{"__proto__":{"admin":true}}'), { room: 7 });
  assert.ok(Object.hasOwn(merged, "__proto__"), "the schema sees it and says no");
  assert.equal(merged.admin, undefined);
});

Deno.test("a form's fields are read; JSON is no form", async () => {
  const form = request(
    new URLSearchParams({ username: "ann" }),
    "application/x-www-form-urlencoded",
  );
  assert.ok(isForm(form.req));
  assert.equal((await readForm(form)).get("username"), "ann");
  await assert.rejects(readForm(json("{}")), { code: "bad_request" });
});

Deno.test("who is not signed in is told so before a byte is read, but where strangers may come", async () => {
  const stranger = request('{"a":1}', "application/json", null);
  await assert.rejects(readJson(stranger), { code: "unauthenticated" });
  assert.equal(stranger.req.bodyUsed, false);
  assert.deepEqual(await readJson(stranger, "anybody"), { a: 1 });
  const tooOften = request('{"a":1}', "application/json", null, () => {
    throw new ConfabError("rate_limited", "Too often.");
  });
  await assert.rejects(readJson(tooOften, "anybody"), { code: "rate_limited" });
  assert.equal(tooOften.req.bodyUsed, false);
});
