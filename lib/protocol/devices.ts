/**
 * New sign-ins, of which one's other devices are told, and the sign-in on a phone by a code that a
 * signed-in device shows. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { User } from "./people.ts";
import type { Timestamp } from "./time.ts";
import type { WayIn } from "./ways_in.ts";

/** Somebody signed in to one's account. Its `id` is the session's. */
export interface SignIn {
  id: number;
  at: Timestamp;
  device: string;
  address: string;
  way: WayIn;
  /** The session is over by now. */
  ended: boolean;
}

/**
 * `waiting` for a phone to scan the code; `asked` whether that phone may; `allowed`, and not yet
 * picked up by the phone; `refused`; `done`.
 */
export const PHONE_LINK_STATES = ["waiting", "asked", "allowed", "refused", "done"] as const;
export type PhoneLinkState = (typeof PHONE_LINK_STATES)[number];

/** A code to sign in on a phone, as the device that shows it sees it. */
export interface PhoneLink {
  id: number;
  state: PhoneLinkState;
  /** What the phone opens; null once one has. */
  url: string | null;
  /** The phone that wants in; null until one does. */
  device: string | null;
  address: string | null;
  /** Both show these digits: whoever confirms compares them. */
  check: string | null;
  expiresAt: Timestamp;
}

/** What a phone gets for the code: not yet a session. */
export interface PhoneClaim {
  /** Opens the session once the other device has confirmed; for this phone alone. */
  ticket: string;
  check: string;
  /** Whose account it would be. */
  user: User;
  expiresAt: Timestamp;
}

/** What a phone shows that has opened a code's address: a step at a time. */
export type LinkStep =
  /** Whoever opened the address is asked whether they mean it. */
  | { step: "offered"; user: User }
  /** This browser is signed in already: as the same person, or as another one. */
  | { step: "signedIn"; username: string; same: boolean }
  | { step: "asked"; check: string }
  | { step: "ready" }
  | { step: "refused" }
  | { step: "gone" };

/** Longer than any code or ticket of ours. */
const SECRET = 100;

export const seeSignIns = field.object(() => ({ ids: field.people }));

/** `id`: of the code that is meant, so that an old page confirms no newer phone. */
export const decidePhoneLink = field.object(() => ({ id: field.id, allow: z.boolean() }));

export const claimPhoneLink = field.object(() => ({ code: field.shortText(SECRET) }));

export const openPhoneLink = field.object(() => ({ ticket: field.shortText(SECRET) }));
