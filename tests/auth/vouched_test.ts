import assert from "node:assert/strict";
import { isInNetwork } from "../../lib/auth/network.ts";
import { displayNameFor, isOfDomain, roleFor, usernamesFor } from "../../lib/auth/vouched.ts";
import { usernameFault } from "../../lib/protocol/names.ts";

const test = (name: string, run: () => void) => Deno.test(name, run);
type Named = Record<"username" | "email" | "displayName", string | null>;
const nobody: Named = { username: null, email: null, displayName: null };
const first = (person: Partial<Named>, count = 1) =>
  [...usernamesFor({ ...nobody, ...person })].slice(0, count);

test("the name that somebody has there is tried first, then with numbers", () => {
  assert.deepEqual(first({ username: "anna", email: "a.b@example.org" }, 4), [
    "anna",
    "a.b",
    "anna2",
    "anna3",
  ]);
  assert.deepEqual(first({ username: "anna@example.org" }), ["anna"]);
  assert.deepEqual(first({ displayName: "Анна Смирнова" }), ["Анна.Смирнова"]);
  assert.deepEqual(first({ username: "<script>" }), ["script"]);
});

test("every name that is tried may be one here, whatever a provider says", () => {
  for (
    const username of ["", "@", "a", "\u202egnp.exe", "x".repeat(5000), "🙂", "..", "a\0b", "@evil"]
  ) {
    const names = [...usernamesFor({ ...nobody, username, displayName: username })];
    assert.ok(names.length >= 2);
    for (const name of names) assert.equal(usernameFault(name), null, JSON.stringify(name));
  }
});

test("a display name is cut and cleaned, or is the username", () => {
  assert.equal(displayNameFor({ ...nobody, displayName: "Anna B." }, "anna"), "Anna B.");
  assert.equal([...displayNameFor({ ...nobody, displayName: "я".repeat(500) }, "anna")].length, 64);
  assert.equal(displayNameFor({ ...nobody, displayName: "\u200b" }, "anna"), "anna");
});

test("the highest role counts of those whose groups one is in", () => {
  const rules = {
    claim: "g",
    admin: ["a"],
    member: ["m"],
    guest: ["c"],
    others: "refuse",
  } as const;
  assert.equal(roleFor(rules, ["c", "a"]), "admin");
  assert.equal(roleFor(rules, ["c", "m"]), "member");
  assert.equal(roleFor(rules, ["c"]), "guest");
  assert.equal(roleFor(rules, ["A", "owner"]), "refuse");
  assert.equal(roleFor({ ...rules, others: "guest" }, []), "guest");
  assert.equal(roleFor(null, ["a"]), null);
});

test("a domain is the whole domain of a verified address", () => {
  const of = (email: string | null, emailVerified = true) =>
    isOfDomain({ domains: ["example.org"] }, { email, emailVerified });
  assert.ok(of("a@example.org") && of("a@EXAMPLE.ORG"));
  for (const email of ["a@evil-example.org", "a@sub.example.org", "example.org@evil.org", null]) {
    assert.ok(!of(email), String(email));
  }
  assert.ok(!of("a@example.org", false));
});

test("an address is in a network by its bits", () => {
  for (
    const [address, network] of [
      ["10.1.2.3", "10.0.0.0/8"],
      ["172.31.9.9", "172.16.0.0/12"],
      ["::1", "::1"],
      ["2001:db8::5", "2001:db8::/32"],
      ["192.0.2.1", "192.0.2.1"],
    ] as const
  ) {
    assert.ok(isInNetwork(address, network), address);
  }
  for (
    const [address, network] of [
      ["11.1.2.3", "10.0.0.0/8"],
      ["172.32.0.1", "172.16.0.0/12"],
      ["::2", "::1"],
      ["10.0.0.1", "::/0"],
      ["unknown", "0.0.0.0/0"],
      ["2001:db9::5", "2001:db8::/32"],
    ] as const
  ) {
    assert.ok(!isInNetwork(address, network), address);
  }
});
