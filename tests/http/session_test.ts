import assert from "node:assert/strict";
import type { Caller } from "../../lib/auth/auth.ts";
import { createSessionCookie } from "../../lib/auth/cookie.ts";
import { isOther, nextPath, tokensOf } from "../../lib/http/session.ts";

const cookies = createSessionCookie("confab_1");

function credentials(headers: Record<string, string>, secure = false) {
  return tokensOf(new Request("http://chat.test/", { headers }), cookies, secure);
}

Deno.test("a token that is written out goes before the cookie, a malformed one is nothing", () => {
  const cookie = "confab_1=aaa.bbb.ccc";
  assert.deepEqual(credentials({ cookie }), {
    from: "cookie",
    tokens: { own: ["aaa.bbb.ccc"], former: [] },
  });
  assert.deepEqual(credentials({ cookie, authorization: "Bearer x.y.z" }), {
    from: "bearer",
    token: "x.y.z",
  });
  assert.deepEqual(credentials({ authorization: "Basic abc" }), { from: "nothing" });
  assert.deepEqual(credentials({}), { from: "nothing" });
});

Deno.test("over TLS only the cookie that is bound to the host counts", () => {
  assert.deepEqual(credentials({ cookie: "confab_1=aaa.bbb.ccc" }, true), { from: "nothing" });
  assert.equal(credentials({ cookie: "__Host-confab_1=aaa.bbb.ccc" }, true).from, "cookie");
});

Deno.test("a page speaks for the session it names, letter by letter, or for whichever there is", () => {
  const caller = { sessionId: 7 } as Caller; // nothing else of it is asked
  for (const named of [null, "7"]) assert.equal(isOther(caller, named), false);
  for (const named of ["8", "", "07", "7.0", "7, 7", "0x7", "seven", "７", "7 "]) {
    assert.equal(isOther(caller, named), true, named);
  }
});

Deno.test("after a login one goes on within this site, never to another", () => {
  assert.equal(nextPath("/rooms/7/12"), "/rooms/7/12");
  for (
    const other of [null, "", "rooms", "//evil.test", "/\\evil.test", "https://evil.test", "/a\nb"]
  ) {
    assert.equal(nextPath(other), "/", String(other));
  }
});
