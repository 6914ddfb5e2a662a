import assert from "node:assert/strict";
import { clearSessionCookie, readSessionCookie, sessionCookie } from "../../lib/auth/cookie.ts";

const token = "aaa.bbb-1.c_c";

Deno.test("over TLS the cookie has the __Host- prefix and Secure", () => {
  assert.equal(
    sessionCookie({ token, now: 1_000, expiresAt: 61_999, secure: true }),
    `__Host-session=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  );
});

Deno.test("over plain HTTP the cookie has neither", () => {
  assert.equal(
    sessionCookie({ token, now: 1_000, expiresAt: 61_000, secure: false }),
    `session=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`,
  );
});

Deno.test("a cookie whose session has ended lives no time", () => {
  assert.match(sessionCookie({ token, now: 9_000, expiresAt: 1_000, secure: true }), /Max-Age=0;/);
});

Deno.test("signing out empties the cookie that signing in set", () => {
  assert.equal(
    clearSessionCookie(true),
    "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
  );
  assert.match(clearSessionCookie(false), /^session=; /);
  assert.equal(readSessionCookie("session=", false), null);
});

Deno.test("the token is found among other cookies", () => {
  assert.equal(readSessionCookie(`a=1; session=${token}; b=2`, false), token);
  assert.equal(readSessionCookie(`__Host-session=${token}`, true), token);
});

Deno.test("a plain session cookie is not read over TLS, nor the other way round", () => {
  assert.equal(readSessionCookie(`session=${token}`, true), null);
  assert.equal(readSessionCookie(`__Host-session=${token}`, false), null);
});

Deno.test("names that only contain the cookie's name are not it", () => {
  for (const header of ["xsession=a.b.c", "session2=a.b.c", "Session=a.b.c", "session", ""]) {
    assert.equal(readSessionCookie(header, false), null, header);
  }
  assert.equal(readSessionCookie(null, false), null);
});

Deno.test("two different session cookies are refused, the same one twice is not", () => {
  assert.equal(readSessionCookie(`session=${token}; session=evil.evil.evil`, false), null);
  assert.equal(readSessionCookie(`session=${token}; session=${token}`, false), token);
});

Deno.test("a value that cannot be a token is refused", () => {
  for (const value of ['"a.b.c"', "a b", "a,b", "é", "a".repeat(4097)]) {
    assert.equal(readSessionCookie(`session=${value}`, false), null, value);
  }
});
