/** Signing in on a phone, apart from the store: who may show a code, and what codes are. */
import assert from "node:assert/strict";
import type { Caller } from "../../lib/auth/caller.ts";
import { PhoneLinks } from "../../lib/auth/phone_links.ts";
import { ConfabError } from "../../lib/errors.ts";
import { CONFIRMED_FOR } from "../../lib/protocol/permissions.ts";

const NOW = 1_700_000_000_000;

const caller = (confirmedAt: number): Caller => ({
  user: {
    id: 1,
    username: "ann",
    displayName: "Ann",
    role: "member",
    avatar: null,
    disabled: false,
    status: null,
    language: null,
    theme: "system",
    showLocalTime: true,
  },
  sessionId: 1,
  expiresAt: NOW + 1000,
  way: "password",
  confirmedAt,
});

const unused = () => Promise.reject(new Error("it is not asked"));

function phoneLinks(secret = 1) {
  const made: { nonce: string; codeHash: string; expiresAt: number }[] = [];
  const knocks: string[] = [];
  let byte = 0;
  const links = new PhoneLinks({
    store: {
      makePhoneLink: (input) => Promise.resolve(made.push(input)),
      offeredPhoneLink: () => Promise.resolve(null),
      claimPhoneLink: () => Promise.reject(new ConfabError("not_found", "There is no such code.")),
      claimedPhoneLink: () => Promise.resolve(null),
      decidePhoneLink: unused,
      phoneLink: unused,
      spendPhoneLink: () => Promise.reject(new ConfabError("not_found", "There is no such code.")),
    },
    secret: new Uint8Array(32).fill(secret),
    signingIn: { open: unused },
    throttle: { knock: (address) => void knocks.push(address) },
    now: () => NOW,
    randomBytes: (length) => new Uint8Array(length).fill(byte++),
  });
  return { links, made, knocks };
}

const hasCode = (code: string) => (error: unknown) =>
  error instanceof ConfabError && error.code === code;

Deno.test("who has not shown for a quarter of an hour who they are gets no code to show", async () => {
  const { links, made } = phoneLinks();
  await assert.rejects(links.make(caller(NOW - CONFIRMED_FOR)), hasCode("confirm_first"));
  assert.deepEqual(made, []);
  assert.equal((await links.make(caller(NOW - CONFIRMED_FOR + 1))).state, "waiting");
});

Deno.test("a code has 256 bits, lives two minutes, and cannot be made of what the database keeps", async () => {
  const { links, made } = phoneLinks(1);
  const { code, expiresAt } = await links.make(caller(NOW));
  assert.match(code!, /^[\w-]{43}$/);
  assert.equal(expiresAt, NOW + 120_000);
  const { nonce, codeHash } = made[0]!;
  assert.ok(nonce !== code && codeHash !== code);
  const other = phoneLinks(2);
  const elsewhere = await other.links.make(caller(NOW));
  assert.equal(other.made[0]!.nonce, nonce);
  assert.notEqual(elsewhere.code, code, "another secret makes another code");
});

Deno.test("each look at a code and each claim counts as an attempt, and one that is gone says no more", async () => {
  const { links, knocks } = phoneLinks();
  const client = { address: "192.0.2.7", userAgent: null };
  await assert.rejects(links.offered("guess", client), hasCode("not_found"));
  await assert.rejects(links.claim("guess", client), hasCode("not_found"));
  assert.deepEqual(knocks, ["192.0.2.7", "192.0.2.7"]);
  await assert.rejects(links.open("guess", client), hasCode("not_found"));
  assert.equal(knocks.length, 3, "a ticket that is none is a guess, too");
});
