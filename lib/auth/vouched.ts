/**
 * What becomes of somebody for whom a provider vouches: which name and which role they get here, and
 * whether their domain is let in. Pure: it asks nobody.
 */
import {
  cleanName,
  cleanUsername,
  DISPLAY_NAME,
  nameFault,
  USERNAME,
  usernameFault,
} from "../protocol/names.ts";
import type { ProvenIdentity } from "../oidc/proven.ts";
import type { Provider, RoleRules } from "../oidc/provider.ts";

export type VouchedRole = "admin" | "member" | "guest";

/** Numbers tried behind a name that is taken: "ann", "ann2", … */
const TRIED = 50;

type Named = Pick<ProvenIdentity, "username" | "email" | "displayName">;

/** Usernames to be tried in turn: the one that they have there first. Never empty. */
export function* usernamesFor(person: Named): Generator<string> {
  const nameOf = (text: string | null) => text === null ? null : usernameOf(text);
  const wanted = [nameOf(person.username), nameOf(person.email)].filter((name) => name !== null);
  const byName = nameOf(person.displayName);
  if (wanted.length === 0 && byName !== null) wanted.push(byName);
  yield* new Set(wanted);
  const [base = "person"] = wanted;
  for (let number = 2; number <= TRIED; number++) {
    const end = String(number);
    yield `${[...base].slice(0, USERNAME.max - end.length).join("")}${end}`;
  }
}

/** "anna.b@example.org" → "anna.b"; `null` where no letters are left. */
function usernameOf(text: string): string | null {
  const local = text.replace(/(?<=.)@.*$/s, "");
  const letters = local.normalize("NFKC").trim().replace(/\s+/gu, ".").replace(
    /[^\p{L}\p{N}_.-]/gu,
    "",
  );
  const name = cleanUsername([...letters].slice(0, USERNAME.max).join(""));
  return usernameFault(name) === null ? name : null;
}

export function displayNameFor(person: Named, username: string): string {
  for (const text of [person.displayName, person.username]) {
    if (text === null) continue;
    const cut = cleanName([...text].slice(0, DISPLAY_NAME.max).join(""));
    if (nameFault(cut, DISPLAY_NAME) === null) return cut;
  }
  return username;
}

/** Who they are there, for themselves to recognise. */
export function labelFor({ email, username, displayName }: Named, subject: string): string {
  return (email ?? username ?? displayName ?? subject).slice(0, 256);
}

/** `refuse`: they are in no group that is let in; `null`: the provider says nothing of roles. */
export function roleFor(
  rules: RoleRules | null,
  groups: readonly string[],
): VouchedRole | "refuse" | null {
  if (rules === null) return null;
  const order = ["admin", "member", "guest"] as const;
  return order.find((role) => rules[role].some((group) => groups.includes(group))) ?? rules.others;
}

/** Only an address that the provider has verified says to which domain somebody belongs. */
export function isOfDomain(
  { domains }: Pick<Provider, "domains">,
  { email, emailVerified }: Pick<ProvenIdentity, "email" | "emailVerified">,
): boolean {
  if (domains.length === 0) return true;
  const domain = email?.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return emailVerified && domain !== undefined && domains.includes(domain);
}
