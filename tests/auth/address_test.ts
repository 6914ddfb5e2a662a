import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isIP } from "node:net";
import {
  addressBlock,
  addressNetwork,
  addressRegion,
  clientAddress,
  clientScheme,
} from "../../lib/auth/address.ts";

const peer = "192.0.2.1";

Deno.test("without trusted proxies the forwarding headers are not read", () => {
  assert.equal(clientAddress({ peer, forwardedFor: "203.0.113.9", trustProxy: 0 }), peer);
  assert.equal(clientScheme({ own: "http", forwardedProto: "https", trustProxy: 0 }), "http");
});

Deno.test("the address is the one that the outermost trusted proxy saw", () => {
  const forwardedFor = "10.6.6.6, 203.0.113.9, 198.51.100.7";
  assert.equal(clientAddress({ peer, forwardedFor, trustProxy: 1 }), "198.51.100.7");
  assert.equal(clientAddress({ peer, forwardedFor, trustProxy: 2 }), "203.0.113.9");
});

Deno.test("what the client wrote into the header itself is passed over", () => {
  const honest = clientAddress({ peer, forwardedFor: "203.0.113.9", trustProxy: 1 });
  const forged = clientAddress({ peer, forwardedFor: "1.1.1.1,203.0.113.9", trustProxy: 1 });
  assert.equal(forged, honest);
});

Deno.test("a header shorter than the chain gives its first address", () => {
  assert.equal(clientAddress({ peer, forwardedFor: "203.0.113.9", trustProxy: 3 }), "203.0.113.9");
});

Deno.test("a header of garbage falls back to the peer", () => {
  for (
    const forwardedFor of [
      "",
      " ",
      "unknown",
      "1.2.3",
      "1.2.3.4.5",
      "_hidden",
      "::1::2",
      "[::1",
      "x,",
    ]
  ) {
    assert.equal(clientAddress({ peer, forwardedFor, trustProxy: 1 }), peer, forwardedFor);
  }
});

Deno.test("what is an address is what the runtime takes for one", () => {
  const piece = fc.oneof(fc.constantFrom(":", "::", ".", "0", "00", "256", "ffff:"), fc.nat(300));
  const pieces = fc.array(piece.map(String), { maxLength: 16 }).map((each) => each.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), pieces), (text) => {
      // A port behind an IPv4 address is taken off, which is no address to the runtime.
      fc.pre(!/^\d+\.\d+\.\d+\.\d+:\d/.test(text));
      const known = clientAddress({ peer: text, forwardedFor: null, trustProxy: 0 }) !== "unknown";
      assert.equal(known, isIP(text) !== 0, text);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("addresses are one form: no port, no zone, no mapping, shortest", () => {
  const forms = {
    "::ffff:192.0.2.7": "192.0.2.7",
    "::FFFF:c000:207": "192.0.2.7",
    "192.0.2.7:8080": "192.0.2.7",
    "[2001:DB8:0:0::1]:443": "2001:db8::1",
    '"[2001:db8::1]:443"': "2001:db8::1",
    "fe80::1%eth0": "fe80::1",
    "0:0:0:0:0:0:0:1": "::1",
    "::": "::",
  };
  for (const [written, address] of Object.entries(forms)) {
    assert.equal(clientAddress({ peer: written, forwardedFor: null, trustProxy: 0 }), address);
    assert.equal(clientAddress({ peer, forwardedFor: written, trustProxy: 1 }), address);
  }
});

Deno.test("a peer without an address is unknown", () => {
  assert.equal(clientAddress({ peer: null, forwardedFor: null, trustProxy: 0 }), "unknown");
});

Deno.test("the scheme is believed from a trusted proxy, and only when it is one", () => {
  const own = "http";
  assert.equal(clientScheme({ own, forwardedProto: "https", trustProxy: 1 }), "https");
  assert.equal(clientScheme({ own, forwardedProto: "HTTPS", trustProxy: 1 }), "https");
  assert.equal(clientScheme({ own, forwardedProto: "https, http", trustProxy: 1 }), "http");
  assert.equal(clientScheme({ own, forwardedProto: "https, http", trustProxy: 2 }), "https");
  assert.equal(clientScheme({ own, forwardedProto: "gopher", trustProxy: 1 }), "http");
  assert.equal(clientScheme({ own: "https", forwardedProto: null, trustProxy: 1 }), "https");
});

Deno.test("the addresses of one IPv6 /64 are one block, those of another are not", () => {
  assert.equal(addressBlock("2001:db8:1:2::1"), addressBlock("2001:db8:1:2:ffff:0:9:8"));
  assert.notEqual(addressBlock("2001:db8:1:2::1"), addressBlock("2001:db8:1:3::1"));
  assert.equal(addressBlock("2001:db8::1"), "2001:db8:0:0::/64");
  assert.equal(addressBlock("192.0.2.1"), "192.0.2.1");
  assert.equal(addressBlock("unknown"), "unknown");
});

Deno.test("a network is a /24 or a /48, a region a /8", () => {
  assert.equal(addressNetwork("203.0.113.9"), "203.0.113.0/24");
  assert.equal(addressNetwork("2001:db8:1:2::3"), "2001:db8:1::/48");
  assert.equal(addressRegion("203.0.113.9"), "203/8");
  assert.equal(addressRegion("2001:db8:1:2::3"), "2000::/8");
  assert.equal(addressRegion("::1"), "0000::/8");
  assert.deepEqual([addressNetwork("unknown"), addressRegion("unknown")], ["unknown", "unknown"]);
});
