/** Who may read the metrics on the main port: permission beside refusal. */
import assert from "node:assert/strict";
import { mayScrape } from "../../lib/http/scrape.ts";

const LOCAL = { at: "local" } as const;

function may(peer: string | null, headers: Record<string, string> = {}): boolean {
  return mayScrape(LOCAL, { peer, headers: new Headers({ host: "localhost:8000", ...headers }) });
}

Deno.test("this machine may read its metrics, by each of its own addresses", () => {
  for (const peer of ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"]) {
    assert.equal(may(peer), true, peer);
  }
  for (const host of ["localhost", "127.0.0.1:9000", "[::1]:8000", "LOCALHOST:80"]) {
    assert.equal(may("127.0.0.1", { host }), true, host);
  }
  assert.equal(may("127.0.0.1", { origin: "http://localhost:8000" }), true, "a page of its own");
});

Deno.test("nobody else may, nor a peer without an address", () => {
  const others = ["192.0.2.1", "10.0.0.1", "172.17.0.1", "2001:db8::1", "::", "128.0.0.1"];
  // What only looks like an own address.
  const lookalikes = ["127.0.0.1.example.org", "1127.0.0.1", "::10", "::ffff:10.0.0.1", ""];
  for (const peer of [...others, ...lookalikes, null]) assert.equal(may(peer), false, String(peer));
});

Deno.test("what a proxy on this machine passes on does not come from this machine", () => {
  const passed = {
    "x-forwarded-for": "127.0.0.1",
    "X-Forwarded-Host": "localhost",
    "x-forwarded-proto": "https",
    "x-forwarded": "for=127.0.0.1",
    forwarded: "for=127.0.0.1",
    via: "1.1 caddy",
    "x-real-ip": "127.0.0.1",
    "x-client-ip": "127.0.0.1",
    "true-client-ip": "127.0.0.1",
    "x-cluster-client-ip": "127.0.0.1",
    "cf-connecting-ip": "127.0.0.1",
    "x-envoy-external-address": "127.0.0.1",
    "x-original-forwarded-for": "127.0.0.1",
    "x-amzn-trace-id": "Root=1",
  };
  for (const [name, value] of Object.entries(passed)) {
    assert.equal(may("127.0.0.1", { [name]: value }), false, name);
    assert.equal(may("127.0.0.1", { [name]: "" }), false, `${name}, empty`);
  }
});

Deno.test("a proxy that adds nothing is known by ending each connection, as nginx does", () => {
  assert.equal(may("127.0.0.1", { connection: "close" }), false);
  assert.equal(may("127.0.0.1", { connection: "keep-alive" }), true);
});

Deno.test("an address claimed in a header opens nothing", () => {
  for (const name of ["x-forwarded-for", "x-real-ip", "forwarded", "client-ip"]) {
    assert.equal(may("192.0.2.1", { [name]: "127.0.0.1" }), false, name);
  }
});

Deno.test("a page elsewhere cannot read them through its reader's browser", () => {
  assert.equal(may("127.0.0.1", { host: "evil.example:8000" }), false, "its name leads here");
  assert.equal(may("127.0.0.1", { host: "localhost.evil.example" }), false);
  assert.equal(may("127.0.0.1", { host: "127.0.0.1.evil.example" }), false);
  assert.equal(may("127.0.0.1", { origin: "https://evil.example" }), false);
  assert.equal(may("127.0.0.1", { origin: "http://localhost:9999" }), false, "another port");
  assert.equal(may("127.0.0.1", { origin: "null" }), false);
  assert.equal(may("127.0.0.1", { "sec-fetch-site": "cross-site" }), false);
});

Deno.test("open is for everybody, off and a port of their own for nobody here", () => {
  const facts = { peer: "192.0.2.1", headers: new Headers({ host: "chat.example.org" }) };
  const own = { peer: "127.0.0.1", headers: new Headers({ host: "localhost" }) };
  assert.equal(mayScrape({ at: "open" }, facts), true);
  assert.equal(mayScrape({ at: "off" }, own), false);
  assert.equal(mayScrape({ at: "port", host: "127.0.0.1", port: 9464 }, own), false);
});
