/**
 * Speaks with one provider, by `openid-client`: discovery, the code flow with PKCE, what is known of
 * a person, the end of a session. Loaded where a provider is configured, at its first use. It knows
 * no accounts.
 */
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";
import { type Claims, claimsOf } from "./claims.ts";
import { CLOCKS_APART, discover, PROVIDER_PATIENCE } from "./discovery.ts";
import { failureOf, inWords, isUnknownClient } from "./failures.ts";
import { readGithub } from "./github.ts";
import {
  type LogoutNotice,
  type ProvenIdentity,
  type ProviderClient,
  ProviderFailure,
  type Question,
} from "./proven.ts";
import type { Provider } from "./provider.ts";

/** What discovery found is looked at again after this long, in milliseconds. */
const DISCOVERED_FOR = 60 * 60 * 1000;
/** A sign-in that is asked for anew must have happened within this many seconds. */
const FRESH = 300;
/** RFC: OpenID Connect Core 1.0, section 2. */
const LONGEST_SUBJECT = 255;
const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Milliseconds for which a logout token is accepted after it was made. */
const LOGOUT_LIFETIME = 5 * 60 * 1000;

interface Discovered {
  config: client.Configuration;
  until: number;
}

export class OpenIdClient implements ProviderClient {
  #discovered: Promise<Discovered> | null = null;
  #keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  /** It refused our secret in the header, though it says that it takes it there. */
  #inBody = false;

  constructor(
    private readonly provider: Provider,
    /** Milliseconds since the epoch. */
    private readonly now: () => number,
  ) {}

  async ask({ redirectUri, state, nonce, verifier, fresh }: Question): Promise<URL> {
    const config = await this.#config();
    const { scopes, kind } = this.provider;
    return client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: scopes.join(" "),
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...(kind === "openid" ? { nonce } : {}),
      ...(fresh ? { prompt: "login", max_age: "0" } : {}),
    });
  }

  async prove(question: Question, answer: URL): Promise<ProvenIdentity> {
    const first = await this.#config();
    try {
      return await this.#proveBy(first, question, answer);
    } catch (error) {
      // Whom it does not know has used up no code. Some take the secret in one way alone, by client.
      if (this.#inBody || !isUnknownClient(error)) throw failureOf(error);
      this.#inBody = true;
      this.#discovered = null;
      const second = await this.#config();
      return await inWords(() => this.#proveBy(second, question, answer));
    }
  }

  async #proveBy(
    config: client.Configuration,
    question: Question,
    answer: URL,
  ): Promise<ProvenIdentity> {
    const isOpenId = this.provider.kind === "openid";
    const tokens = await client.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: question.verifier,
      expectedState: question.state,
      ...(isOpenId ? { expectedNonce: question.nonce, idTokenExpected: true } : {}),
      ...(question.fresh ? { maxAge: FRESH } : {}),
    });
    if (!isOpenId) return await readGithub(config, this.provider, tokens.access_token);
    const own: Claims = tokens.claims()!; // an ID token was demanded
    const more = config.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await client.fetchUserInfo(config, tokens.access_token, String(own.sub));
    return this.#proven({ ...own, ...more, iss: own.iss, sub: own.sub }, tokens.id_token ?? null);
  }

  #proven(all: Claims, idToken: string | null): ProvenIdentity {
    const { iss, sub, sid } = all;
    if (typeof iss !== "string" || typeof sub !== "string" || sub.length > LONGEST_SUBJECT) {
      throw new ProviderFailure("refused", "the ID token names nobody");
    }
    return {
      issuer: iss,
      subject: sub,
      session: typeof sid === "string" && sid.length <= LONGEST_SUBJECT ? sid : null,
      idToken,
      ...claimsOf(all, this.provider.roles?.claim ?? null),
    };
  }

  async logoutUrl(idToken: string | null, back: string): Promise<URL | null> {
    const config = await this.#config();
    if (config.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: back,
      ...(idToken === null ? {} : { id_token_hint: idToken }),
    });
  }

  async readLogout(token: string): Promise<LogoutNotice> {
    const config = await this.#config();
    const { issuer, jwks_uri } = config.serverMetadata();
    if (jwks_uri === undefined) throw new ProviderFailure("refused", "the provider names no keys");
    this.#keys ??= createRemoteJWKSet(new URL(jwks_uri), {
      timeoutDuration: PROVIDER_PATIENCE * 1000,
    });
    const keys = this.#keys;
    const { payload } = await inWords(() =>
      jwtVerify(token, keys, {
        issuer,
        audience: this.provider.clientId,
        clockTolerance: CLOCKS_APART,
        maxTokenAge: LOGOUT_LIFETIME / 1000,
        requiredClaims: ["iat", "jti", "events"],
        // Never "none", and never a secret that is shared: the provider's own keys.
        algorithms: [
          "RS256",
          "RS384",
          "RS512",
          "PS256",
          "PS384",
          "PS512",
          "ES256",
          "ES384",
          "EdDSA",
        ],
        currentDate: new Date(this.now()),
      })
    );
    const { events, jti, sub = null, sid = null, nonce } = payload;
    const isLogout = typeof events === "object" && events !== null && LOGOUT_EVENT in events;
    // With a nonce it would be an ID token that somebody passes off as one (section 2.6).
    if (!isLogout || nonce !== undefined || typeof jti !== "string" || jti.length > 512) {
      throw new ProviderFailure("refused", "this is no logout token");
    }
    if (!isText(sub) || !isText(sid) || (sub === null && sid === null)) {
      throw new ProviderFailure("refused", "the logout token names nobody");
    }
    const expiresAt = payload.iat! * 1000 + LOGOUT_LIFETIME + CLOCKS_APART * 1000;
    return { issuer, id: jti, subject: sub, session: sid, expiresAt };
  }

  /** What the provider says of itself; asked again when it is old, and after a failure. */
  async #config(): Promise<client.Configuration> {
    const known = await this.#discovered?.catch(() => null) ?? null;
    if (known !== null && known.until > this.now()) return known.config;
    this.#discovered = inWords(() => discover(this.provider, this.#inBody)).then((config) => {
      this.#keys = null;
      return { config, until: this.now() + DISCOVERED_FOR };
    });
    try {
      return (await this.#discovered).config;
    } catch (error) {
      // What it said an hour ago is better than nobody coming in.
      if (known === null) throw error;
      this.#discovered = Promise.resolve({ ...known, until: this.now() + DISCOVERED_FOR / 60 });
      return known.config;
    }
  }
}

function isText(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && value.length <= LONGEST_SUBJECT);
}
