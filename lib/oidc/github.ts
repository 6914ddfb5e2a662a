/**
 * Who somebody is on GitHub, which speaks OAuth 2 without OpenID Connect: there is no ID token, and
 * its own interface says whose the access token is.
 */
import * as client from "openid-client";
import { type ProvenIdentity, ProviderFailure } from "./proven.ts";
import type { Provider } from "./provider.ts";

/** More is no profile. */
const LONGEST_ANSWER = 1_000_000;

export async function readGithub(
  config: client.Configuration,
  provider: Provider,
  accessToken: string,
): Promise<ProvenIdentity> {
  const read = (path: string) => ask(config, accessToken, new URL(`${apiOf(provider)}${path}`));
  const user = await read("/user") as { id?: unknown; login?: unknown; name?: unknown };
  // The number: a name there may be given up and taken by somebody else.
  if (typeof user.id !== "number" || typeof user.login !== "string") {
    throw new ProviderFailure("refused", "GitHub's answer names nobody");
  }
  const email = primaryIn(await read("/user/emails").catch(() => []));
  return {
    issuer: provider.issuer,
    subject: String(user.id),
    session: null,
    idToken: null,
    username: user.login.slice(0, 256),
    displayName: typeof user.name === "string" && user.name.trim() !== ""
      ? user.name.trim().slice(0, 256)
      : user.login.slice(0, 256),
    email,
    emailVerified: email !== null,
    groups: [],
  };
}

function apiOf({ issuer }: Provider): string {
  return issuer === "https://github.com"
    ? "https://api.github.com"
    : `${issuer.replace(/\/$/, "")}/api/v3`;
}

async function ask(config: client.Configuration, token: string, url: URL): Promise<unknown> {
  const headers = new Headers({ accept: "application/vnd.github+json" });
  const answer = await client.fetchProtectedResource(config, token, url, "GET", null, headers);
  const text = await answer.text();
  if (!answer.ok || text.length > LONGEST_ANSWER) {
    throw new ProviderFailure("refused", `GitHub's interface answered ${answer.status}`);
  }
  return JSON.parse(text);
}

/** Only an address that GitHub has verified; the primary one if there are several. */
function primaryIn(emails: unknown): string | null {
  if (!Array.isArray(emails)) return null;
  const verified = emails.filter((each): each is { email: string; primary: boolean } =>
    each?.verified === true && typeof each?.email === "string"
  );
  return (verified.find(({ primary }) => primary) ?? verified[0])?.email ?? null;
}
