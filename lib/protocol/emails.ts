/** One's own e-mail address, which nobody else sees. Schemas for the server. */
import * as field from "./fields.ts";
import { LONGEST_TOKEN } from "./recovery.ts";

export interface MyEmail {
  /** Proven to be the account's; null where there is none. */
  address: string | null;
  /** What waits to be proven, by the link that was sent there. */
  pending: string | null;
  /** Whether this server sends mail at all; otherwise no address can be proven. */
  sendsMail: boolean;
}

export const getEmail = field.nothing;
export const setEmail = field.object(() => ({ address: field.emailAddress }));
export const removeEmail = field.nothing;

/** What a letter's link, which proves an address, sends back. */
export const useEmailProof = field.object(() => ({ token: field.shortText(LONGEST_TOKEN) }));
