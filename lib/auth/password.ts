/**
 * Passwords at rest: Argon2id hashes (RFC 9106), made and compared off the event loop, a few at a
 * time. It must not know accounts, stores or HTTP.
 *
 * Normalisation: a password is brought into Unicode NFC before it is hashed, and non-ASCII spaces
 * become spaces, as the OpaqueString profile has it (RFC 8265, section 4.2), so that the same
 * keys give the same password on every system. NFKC would melt different passwords into one.
 */
import { type Turn, Turns } from "./turns.ts";

/**
 * What OWASP's Password Storage Cheat Sheet asks for with Argon2id: 19 MiB, two passes, one lane.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/**
 * The hash that unknown users are compared with, so that they cost as much as known ones. Its salt
 * and digest are arbitrary bytes: no password matches.
 */
const DECOY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}` +
  "$Q29uZmFiRGVjb3lTYWx0IQ$RGVjb3kgZGlnZXN0IHRoYXQgbm8gcGFzc3dvcmQgaGE";

/** The two expensive operations; a parameter, so that tests can count and delay them. */
export interface PasswordAlgorithm {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

const argon2id: PasswordAlgorithm = {
  // Argon2id, version 0x13, is the default.
  hash: async (password) => (await loadArgon2()).hash(password, COST),
  verify: async (hash, password) => (await loadArgon2()).verify(hash, password),
};

/** Loaded at the first login: native code is slow to load, and pages do not need it. */
function loadArgon2(): Promise<typeof import("@node-rs/argon2")> {
  return import("@node-rs/argon2");
}

export interface PasswordOptions {
  /**
   * Operations at a time, each of 19 MiB: by default one fewer than the cores, at most 4. With all
   * cores hashing, 64 logins made the chat's p99 four times as long.
   */
  concurrency?: number;
  /** Operations that may wait in each queue; one more fails with `unavailable`. */
  waiting?: number;
  algorithm?: PasswordAlgorithm;
}

export interface Passwords {
  /** The hash to store, a PHC string with its own salt. Throws `unavailable` when overloaded. */
  hash(password: string, turn?: Turn): Promise<string>;
  /**
   * Whether the password matches this hash. `null` (no such user) and "" (an account without a
   * password) return false after the same work. Throws `unavailable` when overloaded.
   */
  verify(hash: string | null, password: string, turn?: Turn): Promise<boolean>;
}

/** The queue shared by all. */
const ANYBODY: Turn = { queue: "strangers", key: "" };

export function createPasswords(options: PasswordOptions = {}): Passwords {
  const { concurrency = spareCores(), waiting = 256, algorithm = argon2id } = options;
  const turns = new Turns({ running: concurrency, waiting });
  return {
    hash: (password, turn = ANYBODY) => turns.run(turn, () => algorithm.hash(normalise(password))),
    verify: (hash, password, turn = ANYBODY) =>
      turns.run(turn, async () => {
        const matches = await algorithm.verify(hash || DECOY, normalise(password));
        return matches && Boolean(hash);
      }),
  };
}

function spareCores(): number {
  return Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1));
}

function normalise(password: string): string {
  return password.normalize("NFC").replace(/\p{Zs}/gu, " ");
}
