/**
 * E-mail addresses: what may be one, and when two are the same. Stricter than RFC 5321, which knows
 * quoted names, comments and address literals that nobody has: what is left can be put into a
 * letter's head without meaning anything else there. Shared with the browser.
 */
import { atFirstUse } from "./first_use.ts";

/** Octets of an address and of the part before the "@" (RFC 5321, section 4.5.3.1). */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
const LONGEST_LABEL = 63;

/** What mail programs write without quotes (RFC 5322, 3.2.3; RFC 6531 for other scripts). */
const localPart = atFirstUse(() =>
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
);
const LABEL = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/;

export interface EmailAddress {
  /** As it is shown and written to: trimmed, composed, its domain in small letters. */
  address: string;
  /** Two addresses are the same if these are. */
  key: string;
}

/** `null` for what is no address. */
export function readEmailAddress(text: string): EmailAddress | null {
  // Cut before anything is looked at: no address is longer in any form.
  if (text.length > 2 * LONGEST) return null;
  const trimmed = text.trim().normalize("NFC");
  const at = trimmed.lastIndexOf("@");
  const [local, domain] = [trimmed.slice(0, at), trimmed.slice(at + 1).toLowerCase()];
  const ascii = asciiDomain(domain);
  if (at < 1 || ascii === null || !localPart().test(local)) return null;
  const octets = new TextEncoder().encode(local).length;
  if (octets > LONGEST_LOCAL || octets + 1 + ascii.length > LONGEST) return null;
  // Nobody's provider tells Ann@ from ann@, though it might (RFC 5321, section 2.4).
  return { address: `${local}@${domain}`, key: `${local.toLowerCase()}@${ascii}` };
}

/** "почта.рф" → "xn--80a1acny.xn--p1ai"; null for what is no domain with a dot in it. */
function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null;
  // A host of digits alone would be read as an IPv4 address.
  const host = URL.parse(`http://${domain}/`)?.hostname ?? "";
  const labels = host.split(".");
  const isDomain = labels.length > 1 && labels.every((label) => label.length <= LONGEST_LABEL) &&
    labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1)!);
  return isDomain ? host : null;
}
