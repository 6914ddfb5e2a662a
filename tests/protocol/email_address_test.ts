/** What is an e-mail address, and when two are the same. */
import assert from "node:assert/strict";
import { readEmailAddress } from "../../lib/protocol/email_address.ts";

Deno.test("ordinary addresses are taken as they are typed, their domain in small letters", () => {
  const cases: [typed: string, address: string, key: string][] = [
    ["ann@example.org", "ann@example.org", "ann@example.org"],
    ["  Ann.Lee+chat@Example.ORG\n", "Ann.Lee+chat@example.org", "ann.lee+chat@example.org"],
    ["анна@почта.рф", "анна@почта.рф", "анна@xn--80a1acny.xn--p1ai"],
    ["a_b-c'd@mail.example.co.uk", "a_b-c'd@mail.example.co.uk", "a_b-c'd@mail.example.co.uk"],
    ["zoe\u0308@example.org", "zoë@example.org", "zoë@example.org"],
  ];
  for (const [typed, address, key] of cases) {
    assert.deepEqual(readEmailAddress(typed), { address, key });
  }
});

Deno.test("what could mean something else in a letter's head is no address", () => {
  for (
    const typed of [
      "",
      "@",
      "ann",
      "ann@",
      "@example.org",
      "ann@example",
      "ann@localhost",
      "ann@@example.org",
      "ann@example.org\r\nBcc: ben@example.org",
      "ann@example.org,ben@example.org",
      "ann@example.org;ben@example.org",
      "Ann <ann@example.org>",
      "ann lee@example.org",
      '"ann lee"@example.org',
      "ann@example.org (Ann)",
      ".ann@example.org",
      "ann.@example.org",
      "a..b@example.org",
      "ann@-example.org",
      "ann@example-.org",
      "ann@.example.org",
      "ann@example.org.",
      "ann@exa mple.org",
      "ann@127.0.0.1",
      "ann@[127.0.0.1]",
      "ann@0x7f.1",
      "ann@example.org/path",
      "ann@example.org:25",
      "ann@example.123",
      "ann\0@example.org",
      "ann\u202e@example.org",
      `${"a".repeat(65)}@example.org`,
      `${"я".repeat(33)}@example.org`,
      `a@${"b".repeat(64)}.org`,
      `a@${"bcd.".repeat(70)}org`,
      "a".repeat(100_000),
      `${"a.".repeat(50_000)}@example.org`,
    ]
  ) assert.equal(readEmailAddress(typed), null, typed.slice(0, 60));
});
