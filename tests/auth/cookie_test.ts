import assert from "node:assert/strict";
import { cookieNameOf, createSessionCookie } from "../../lib/auth/cookie.ts";

const token = "aaa.bbb-1.c_c";
const name = "confab_0123456789ab";
const cookie = createSessionCookie(name);

const secretOf = (byte: number) => new Uint8Array(32).fill(byte);
const own = (header: string | null, secure = false) => cookie.read(header, secure).own;

Deno.test("over TLS the cookie has the __Host- prefix and Secure", () => {
  assert.equal(
    cookie.set({ token, now: 1_000, expiresAt: 61_999, secure: true }),
    `__Host-${name}=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  );
});

Deno.test("over plain HTTP the cookie has neither", () => {
  assert.equal(
    cookie.set({ token, now: 1_000, expiresAt: 61_000, secure: false }),
    `${name}=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`,
  );
});

Deno.test("a cookie whose session has ended lives no time", () => {
  assert.match(cookie.set({ token, now: 9_000, expiresAt: 1_000, secure: true }), /Max-Age=0;/);
});

Deno.test("signing out empties the cookie that signing in set", () => {
  assert.equal(
    cookie.clear(true),
    `__Host-${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`,
  );
  assert.ok(cookie.clear(false).startsWith(`${name}=; `));
  assert.deepEqual(own(`${name}=`), []);
});

Deno.test("the name is the instance's own, the same after a restart, and tells nothing", async () => {
  const first = await cookieNameOf("one", secretOf(1));
  assert.match(first, /^confab_[0-9a-f]{12}$/);
  assert.equal(await cookieNameOf("one", secretOf(1)), first);
  assert.notEqual(await cookieNameOf("two", secretOf(1)), first, "the same secret, set for both");
  assert.notEqual(await cookieNameOf("one", secretOf(2)), first, "a copy of the database");
});

Deno.test("the token is found among other cookies", () => {
  assert.deepEqual(own(`a=1; ${name}=${token}; b=2`), [token]);
  assert.deepEqual(own(`a=1;${name}=${token};b`), [token]);
  assert.deepEqual(own(`__Host-${name}=${token}`, true), [token]);
});

Deno.test("a plain session cookie is not read over TLS, nor the other way round", () => {
  assert.deepEqual(own(`${name}=${token}`, true), []);
  assert.deepEqual(own(`__Host-${name}=${token}`, false), []);
  assert.deepEqual(cookie.read(`session=${token}`, true).former, []);
});

Deno.test("another instance's cookie, and whatever is only like the name, is not it", () => {
  const others = [
    `confab_ba9876543210=${token}`,
    `confab=${token}`,
    `x${name}=${token}`,
    `${name}2=${token}`,
    `${name.toUpperCase()}=${token}`,
    name,
    "",
  ];
  for (const header of others) assert.deepEqual(own(header), [], header);
  assert.deepEqual(own(others.join("; ")), []);
  assert.deepEqual(own(null), []);
});

Deno.test("different values under the one name are all told, the same one once", () => {
  assert.deepEqual(own(`${name}=${token}; ${name}=evil.evil.evil`), [token, "evil.evil.evil"]);
  assert.deepEqual(own(`${name}=${token}; ${name}=${token}`), [token]);
  const flood = Array.from({ length: 100 }, (_, at) => `${name}=${at}.b.c`).join("; ");
  assert.ok(own(flood).length <= 8, "each may cost the check of a signature");
});

Deno.test("a value that cannot be a token is passed over, and hides no other", () => {
  for (
    const value of ['"a.b.c"', "a b", "a,b", "é", "%", "%E0%A4%A", "a".repeat(4097), "=", "\0"]
  ) {
    assert.deepEqual(own(`${name}=${value}; ${name}=${token}`), [token], value);
  }
});

Deno.test("what it was called before is read too, apart", () => {
  assert.deepEqual(cookie.read(`session=${token}`, false), { own: [], former: [token] });
  assert.deepEqual(cookie.read(`__Host-session=${token}`, true), { own: [], former: [token] });
  assert.match(cookie.clearFormer(false), /^session=; .*Max-Age=0/);
  assert.match(cookie.clearFormer(true), /^__Host-session=; .*Secure/);
});
