import assert from "node:assert/strict";
import {
  createSite,
  mayChange,
  maySignIn,
  mayUpgrade,
  type OriginFacts,
  parseOrigin,
  siteOrigin,
} from "../../lib/auth/origin.ts";

const anySite = createSite([]);
const configured = createSite(["https://chat.example.org", "https://intranet.example.org"]);

function facts(more: Partial<OriginFacts> = {}): OriginFacts {
  return { scheme: "http", host: "localhost:8000", origin: null, fetchSite: null, ...more };
}

function change(more: Partial<OriginFacts & { method: string; cookie: boolean }>) {
  return { ...facts(), method: "POST", cookie: true, ...more };
}

Deno.test("a change with a cookie from the site's own origin is allowed", () => {
  assert.ok(mayChange(change({ origin: "http://localhost:8000" }), anySite));
});

Deno.test("a change with a cookie from anywhere else is refused", () => {
  for (
    const origin of [
      "https://localhost:8000",
      "http://localhost:8001",
      "http://localhost",
      "http://evil.localhost:8000",
      "http://localhost:8000.evil.example",
      "http://localhost:8000/",
      "https://evil.example",
      "null",
      "",
    ]
  ) {
    assert.equal(mayChange(change({ origin }), anySite), false, origin);
    assert.equal(mayChange(change({ origin, fetchSite: "same-origin" }), anySite), false, origin);
  }
});

Deno.test("without Origin only Sec-Fetch-Site: same-origin is allowed", () => {
  assert.ok(mayChange(change({ fetchSite: "same-origin" }), anySite));
  for (const fetchSite of [null, "same-site", "cross-site", "none"]) {
    assert.equal(mayChange(change({ fetchSite }), anySite), false, String(fetchSite));
  }
});

Deno.test("reading, and changing without a cookie, ask for no origin", () => {
  assert.ok(mayChange(change({ method: "GET", origin: "https://evil.example" }), anySite));
  assert.ok(mayChange(change({ cookie: false }), anySite));
  for (const method of ["PUT", "PATCH", "DELETE", "post", "PURGE"]) {
    assert.equal(mayChange(change({ method }), anySite), false, method);
  }
});

Deno.test("a configured site goes by its origin, whatever Host says", () => {
  const rebound = { scheme: "http", host: "evil.example" } as const;
  assert.ok(mayChange(change({ ...rebound, origin: "https://chat.example.org" }), configured));
  assert.equal(mayChange(change({ ...rebound, origin: "http://evil.example" }), configured), false);
});

Deno.test("a further origin that is allowed cannot write with the cookie, nor sign in", () => {
  for (const origin of ["https://intranet.example.org", "https://example.org"]) {
    assert.equal(mayChange(change({ origin }), configured), false, origin);
    assert.equal(maySignIn(facts({ origin }), configured), false, origin);
  }
  assert.ok(maySignIn(facts({ origin: "https://chat.example.org" }), configured));
});

Deno.test("a socket with a cookie needs an Origin that is ours", () => {
  const own = { origin: "http://localhost:8000", cookie: true };
  assert.ok(mayUpgrade({ ...facts(own), cookie: true }, anySite));
  const allowed = facts({ origin: "https://intranet.example.org" });
  assert.ok(mayUpgrade({ ...allowed, cookie: true }, configured));
  for (const origin of [null, "null", "https://evil.example"]) {
    const foreign = { ...facts({ origin, fetchSite: "same-origin" }), cookie: true };
    assert.equal(mayUpgrade(foreign, anySite), false, String(origin));
  }
});

Deno.test("a socket without a cookie needs no Origin", () => {
  assert.ok(mayUpgrade({ ...facts(), cookie: false }, anySite));
});

Deno.test("a page elsewhere cannot post the login form, a program can", () => {
  assert.ok(maySignIn(facts({ origin: "http://localhost:8000" }), anySite));
  assert.ok(maySignIn(facts(), anySite));
  assert.ok(maySignIn(facts({ fetchSite: "same-origin" }), anySite));
  assert.equal(maySignIn(facts({ origin: "https://evil.example" }), anySite), false);
  assert.equal(maySignIn(facts({ origin: "null" }), anySite), false);
  assert.equal(maySignIn(facts({ fetchSite: "cross-site" }), anySite), false);
});

Deno.test("the derived origin drops the default port and refuses a Host of garbage", () => {
  assert.equal(
    siteOrigin({ scheme: "https", host: "A.example:443" }, anySite),
    "https://a.example",
  );
  assert.equal(siteOrigin({ scheme: "http", host: "[::1]:8000" }, anySite), "http://[::1]:8000");
  for (const host of [null, "", "a@b", "a/b", "a b", "a:b:c", "a:99999", "a?b", "[::1"]) {
    assert.equal(siteOrigin({ scheme: "http", host }, anySite), null, String(host));
  }
});

Deno.test("an origin in the configuration is brought into the browsers' form or refused", () => {
  assert.equal(parseOrigin("https://Chat.Example.org:443/"), "https://chat.example.org");
  assert.equal(parseOrigin("https://дом.example"), "https://xn--d1aqf.example");
  for (
    const text of ["", "null", "*", "chat.example.org", "https://a/b", "https://u@a", "file:///a"]
  ) {
    assert.throws(() => parseOrigin(text), TypeError, text);
  }
});
