/** Two people and an auth for them, for the tests of what it does as a whole. */
import assert from "node:assert/strict";
import { Auth, type AuthOptions } from "../../lib/auth/auth.ts";
import { createPasswords } from "../../lib/auth/password.ts";
import { ConfabError } from "../../lib/errors.ts";
import type { SignupMode } from "../../lib/protocol/workspace.ts";
import { ticks } from "../support/ticks.ts";
import { memoryAccounts } from "./memory_accounts.ts";

/** When each test begins, ms since the epoch. */
export const start = 1_800_000_000_123;
const secret = new Uint8Array(32).fill(1);
export const home = { address: "192.0.2.1", userAgent: "curl/8.14.1" };
export const ann = { username: "Ann", password: "violet kettle march" };
export const bob = { username: "bob", password: "seven quiet gulls" };
export const strict = { sanitizeOps: true, sanitizeResources: true };

/** An auth over a store in memory, with hashes that cost nothing and are counted. */
export function setUp(
  { signup = "open", ...options }: Partial<Omit<AuthOptions, "signup">> & { signup?: SignupMode } =
    {},
) {
  const accounts = memoryAccounts();
  /** `ticks` follow the time of day unless they are given. */
  const clock: { now: number; ticks?: number } = { now: start };
  const work = { hashes: 0, comparisons: 0 };
  const passwords = createPasswords({
    algorithm: {
      hash(password) {
        work.hashes++;
        return Promise.resolve(`hash of ${password}`);
      },
      verify(hash, password) {
        work.comparisons++;
        return Promise.resolve(hash === `hash of ${password}`);
      },
    },
  });
  const auth = new Auth({
    store: accounts.store,
    secret,
    now: () => clock.now,
    issuer: () => "Confab",
    instance: "an instance",
    requiredOf: () => "optional",
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    ticks: () => ticks(clock.ticks ?? clock.now),
    signup: () => signup,
    inviters: () => "staff",
    authRate: 0,
    passwords,
    ...options,
  });
  return { accounts, auth, clock, work };
}

/** Who a token speaks for. */
export async function caller(auth: Auth, token: string) {
  const found = await auth.authenticate(token, home.address);
  assert.ok(found, "the token should be good");
  return found;
}

/** Fails with this code, and with this sentence where one is given. */
export async function fails(promise: Promise<unknown>, code: string, message?: string) {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof ConfabError, String(error));
    assert.equal(error.code, code);
    if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}
