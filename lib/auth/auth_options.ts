/** What auth needs: a store, time and chance, and what the host has decided. */
import type { MakeLimit } from "../limits/limit.ts";
import type { Inviters } from "../protocol/door_permissions.ts";
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { RequiredOf, WayIn } from "../protocol/ways_in.ts";
import type { SignupMode } from "../protocol/workspace.ts";
import type { AuthStore } from "./auth_store.ts";
import type { Passwords } from "./password.ts";
import type { Throttle } from "./throttle.ts";

export interface AuthOptions {
  store: AuthStore;
  /** At least 32 random bytes, the same on every node; a new one signs everybody out. */
  secret: Uint8Array<ArrayBuffer>;
  /** Names the database permanently. */
  instance: string;
  now(): Timestamp;
  /** Nobody can guess them. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  /** Monotonic, for durations. */
  ticks(): Ticks;
  /** Unless it is `open`, only the first account may sign up by itself. */
  signup(): SignupMode;
  /** Who may invite besides staff. */
  inviters(): Inviters;
  /** Others than the owner come in by a provider or a proxy alone. */
  restricted?(): boolean;
  /** Somebody is in, by this way; for who counts them. */
  opened?(way: WayIn): void;
  /** Signups and logins per minute and address; 0 turns throttling off. */
  authRate: number;
  /** How long a session lives, in milliseconds; 30 days by default. */
  sessionLifetime?: number;
  /** Of whom a second factor is required. */
  requiredOf(): RequiredOf;
  /** What authenticator apps show beside the username. */
  issuer(): string;
  /** Makes the throttle's limits; without it, this process alone counts. */
  makeLimit?: MakeLimit;
  passwords?: Passwords;
  throttle?: Throttle;
}
