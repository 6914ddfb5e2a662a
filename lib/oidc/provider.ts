/**
 * Who else may say who somebody is: providers of OpenID Connect, and GitHub with its plain OAuth 2,
 * as the program knows them. What settings say of them, `settings.ts` reads. Pure.
 */

/** Whose role follows from what a provider says of them. */
export interface RoleRules {
  /** The claim that lists somebody's groups: "groups", or a path, "realm_access.roles". */
  claim: string;
  /** Values of the claim that make somebody this; the first in this order that fits counts. */
  admin: readonly string[];
  member: readonly string[];
  guest: readonly string[];
  /** Who is in none of them: this, or not let in. */
  others: "member" | "guest" | "refuse";
}

export interface Provider {
  /** In addresses and in the database of sessions: "google", "work". */
  id: string;
  /** What people know it by. */
  name: string;
  /** How it is spoken to. */
  kind: "openid" | "github";
  /** What its tokens are signed as; for GitHub, where it is. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /**
   * Whom it lets in who has no account: everybody it knows, whoever may sign up here anyway, or
   * nobody.
   */
  accounts: "everybody" | "signup" | "nobody";
  /** Domains of verified e-mail addresses that are let in; empty for all. */
  domains: readonly string[];
  /** Who has an account with the same verified e-mail address is that account. */
  linkByEmail: boolean;
  roles: RoleRules | null;
  /** Whether signing out here ends the session there as well, where it offers that. */
  logout: boolean;
  /**
   * Whether answers come to an address of its own, `/login/oidc/callback/ID`: for several providers
   * of which one does not say in its answer who it is (RFC 9207).
   */
  ownCallback: boolean;
  /** Hosts that are asked besides the issuer's, as Deno's permissions write them. */
  hosts: readonly string[];
}

/** What is wrong with a setting, as a sentence for its operator; it repeats no value. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
}

/** Hosts that are asked, as Deno's permissions write them. */
export function providerHosts({ issuer, hosts }: Provider): string[] {
  const { host } = new URL(issuer);
  return [host, ...hosts];
}
