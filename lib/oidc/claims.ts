/** What a provider's claims say of a person, as we use it. Pure. */
import type { ProvenIdentity } from "./proven.ts";

export type Claims = Readonly<Record<string, unknown>>;

const LONGEST = 256;
/** Somebody in more groups than this is in the first ones. */
const MOST_GROUPS = 1000;

/** @param groupsClaim its name, or its path with dots; null for none */
export function claimsOf(
  claims: Claims,
  groupsClaim: string | null,
): Pick<ProvenIdentity, "username" | "displayName" | "email" | "emailVerified" | "groups"> {
  const email = textIn(claims.email);
  return {
    username: textIn(claims.preferred_username) ?? textIn(claims.nickname),
    displayName: textIn(claims.name) ??
      textIn([claims.given_name, claims.family_name].filter(isText).join(" ")),
    email: email !== null && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
    // Some providers write it as a text.
    emailVerified: claims.email_verified === true || claims.email_verified === "true",
    groups: groupsClaim === null ? [] : groupsIn(claims, groupsClaim),
  };
}

/** A claim whose own name has dots, as an address, is found before a path is followed. */
function groupsIn(claims: Claims, path: string): string[] {
  const value = Object.hasOwn(claims, path) ? claims[path] : path.split(".").reduce<unknown>(
    (within, name) =>
      typeof within === "object" && within !== null && Object.hasOwn(within, name)
        ? (within as Claims)[name]
        : undefined,
    claims,
  );
  const list = Array.isArray(value) ? value : [value];
  return list.filter(isText).slice(0, MOST_GROUPS).map((each) => each.slice(0, LONGEST));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function textIn(value: unknown): string | null {
  return isText(value) ? value.trim().slice(0, LONGEST).toWellFormed() : null;
}
