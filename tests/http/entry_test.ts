import assert from "node:assert/strict";
import { hostOf, refuseBadAddress } from "../../lib/http/entry.ts";

/** As the runtime makes it: `Host` is written in front of the target, whatever it holds. */
function request(host: string | null, target = "/rooms/1", authority = host): Request {
  const headers = { get: (name: string) => name === "host" ? host : null };
  // The cast: a real Request would have parsed its address, which the runtime's own has not.
  return { url: `http://${authority ?? "localhost:8000"}${target}`, headers } as unknown as Request;
}

Deno.test("a request that names its host is let in", () => {
  const hosts = ["chat.example.org", "chat.example.org:8000", "127.0.0.1:1", "[::1]", "[::1]:80"];
  for (const host of [...hosts, "confab_app:8000", "xn--80aja.xn--p1ai", "H", "h:", "h."]) {
    assert.equal(refuseBadAddress(request(host)), null, host);
  }
  for (const target of ["/", "/?q", "//x", "/a/../b", "/%ff", "/\\x", "/*"]) {
    assert.equal(refuseBadAddress(request("h", target)), null, target);
  }
});

Deno.test("what is no host is a bad request, whatever address comes of it", async () => {
  const hosts = ["", " ", "a b", "a\tb", "[::1", "::1", "h:99999", "h:x", "h:80:80", "h:-1"];
  const paths = ["h/healthz?", "h/healthz", "h?", "h#", "h\\", "h\\healthz?", "h@x", "u:p@h"];
  const odd = ["%41", "a,b", "чат", "ÿþ", "h;x", "[::1]x", "[fe80::1%25eth0]", "h".repeat(300)];
  const unreadable = ["1.2.3.4.5", "999.1.1.1", "xn--zz--", "[1::2::3]", "[:]"];
  for (const host of [...hosts, ...paths, ...odd, ...unreadable]) {
    const answer = refuseBadAddress(request(host));
    assert.equal(answer?.status, 400, JSON.stringify(host.slice(0, 40)));
    assert.equal((await answer!.json()).code, "bad_request");
    assert.equal(answer!.headers.get("x-content-type-options"), "nosniff");
  }
});

Deno.test("a request without a host, or with another one in its target, is a bad request", () => {
  assert.equal(refuseBadAddress(request(null))?.status, 400);
  assert.equal(refuseBadAddress(request("h", "/x", "evil.example"))?.status, 400);
  assert.equal(refuseBadAddress(request("h", "", "h"))?.status, 400, "CONNECT has no path");
  assert.equal(refuseBadAddress(request("h", ".evil/x", "h"))?.status, 400);
});

Deno.test("over TLS the host may be named outside the headers, as HTTP/2 does, and is checked as well", () => {
  const overTls = (authority: string, host: string | null = null) => {
    const headers = { get: (name: string) => name === "host" ? host : null };
    return { url: `https://${authority}/rooms/1`, headers } as unknown as Request;
  };
  assert.equal(refuseBadAddress(overTls("chat.example.org")), null);
  assert.equal(refuseBadAddress(overTls("[::1]:8443")), null);
  assert.equal(hostOf(overTls("chat.example.org:8443")), "chat.example.org:8443");
  for (const authority of ["", "u:p@h", "h?", "h:99999", "a b"]) {
    assert.equal(refuseBadAddress(overTls(authority))?.status, 400, authority);
  }
  assert.equal(refuseBadAddress(overTls("evil.example", "h"))?.status, 400, "two hosts");
});
