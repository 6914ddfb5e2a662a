/**
 * The ways in which somebody proves who they are, and what proves it a second time. Shared with the
 * browser; imports nothing.
 */

/** How a session began. `phone`: confirmed on another device; `reset`: a link to a new password. */
export const WAYS_IN = [
  "password",
  "passkey",
  "oidc",
  "proxy",
  "phone",
  "reset",
  "signup",
] as const;

export type WayIn = (typeof WAYS_IN)[number];

/**
 * Whether this way is only half of the proof for an account with a second factor. A passkey is two
 * factors in one (it asks for a finger or a PIN), a provider or a proxy asks for its own, the phone
 * was let in by a device that had shown both, and an account that was made just now has none.
 */
const IS_HALF: Readonly<Record<WayIn, boolean>> = {
  password: true,
  passkey: false,
  oidc: false,
  proxy: false,
  phone: false,
  reset: true,
  signup: false,
};

/**
 * Whether this way needs nobody's word but the account's own: closed to all but the owner where the
 * host lets people in by a provider alone. A phone was let in by a session that came in rightly.
 */
const IS_OWN: Readonly<Record<WayIn, boolean>> = {
  password: true,
  passkey: true,
  oidc: false,
  proxy: false,
  phone: false,
  reset: true,
  signup: true,
};

export function isOwnWay(way: WayIn): boolean {
  return IS_OWN[way];
}

export function asksSecondFactor(way: WayIn): boolean {
  return IS_HALF[way];
}

/** Whether the way needs no second factor even where the host requires one of everybody. */
export function isWholeProof(way: WayIn): boolean {
  return !IS_HALF[way] && way !== "signup";
}

/** Of whom the host requires a second factor; `staff` is the owner and admins; `optional`: of nobody. */
export const REQUIRED_OF = ["optional", "staff", "all"] as const;

export type RequiredOf = (typeof REQUIRED_OF)[number];

/** What may be asked for: a code of an authenticator app, a recovery code, a passkey. */
export const SECOND_FACTORS = ["totp", "recovery", "passkey"] as const;

export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** Why a provider, or the proxy in front, let nobody in. */
export const PROVIDER_PROBLEMS = [
  /** It gave no answer. */
  "unreachable",
  /** Its answer is none, or it knows us not: the log says more. */
  "refused",
  /** They said no there. */
  "cancelled",
  /** It took too long, began elsewhere, or is used already. */
  "expired",
  /** They are known there and in no group or domain that is let in. */
  "not_admitted",
  /** They have no account here, and none is made. */
  "no_account",
  /** Nobody has set the place up. */
  "no_owner",
  "disabled",
  /** To be linked: it is somebody else's here, or they have too many. */
  "taken",
  /** To confirm: it is not the account of who is signed in. */
  "somebody_else",
] as const;

export type ProviderProblem = (typeof PROVIDER_PROBLEMS)[number];
