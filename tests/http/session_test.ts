import assert from "node:assert/strict";
import { credentialsOf, nextPath } from "../../lib/http/session.ts";

function request(headers: Record<string, string>): Request {
  return new Request("http://chat.test/", { headers });
}

Deno.test("a token that is written out goes before the cookie, a malformed one is nothing", () => {
  const cookie = "session=aaa.bbb.ccc";
  assert.deepEqual(credentialsOf(request({ cookie }), false), {
    from: "cookie",
    token: "aaa.bbb.ccc",
  });
  const both = request({ cookie, authorization: "Bearer x.y.z" });
  assert.deepEqual(credentialsOf(both, false), { from: "bearer", token: "x.y.z" });
  assert.deepEqual(credentialsOf(request({ authorization: "Basic abc" }), false), {
    from: "nothing",
  });
  assert.deepEqual(credentialsOf(request({}), false), { from: "nothing" });
});

Deno.test("over TLS only the cookie that is bound to the host counts", () => {
  const plain = request({ cookie: "session=aaa.bbb.ccc" });
  assert.deepEqual(credentialsOf(plain, true), { from: "nothing" });
  const bound = request({ cookie: "__Host-session=aaa.bbb.ccc" });
  assert.equal(credentialsOf(bound, true).from, "cookie");
});

Deno.test("after a login one goes on within this site, never to another", () => {
  assert.equal(nextPath("/rooms/7/12"), "/rooms/7/12");
  for (
    const other of [null, "", "rooms", "//evil.test", "/\\evil.test", "https://evil.test", "/a\nb"]
  ) {
    assert.equal(nextPath(other), "/", String(other));
  }
});
