/**
 * Signing in by a provider: a browser is sent there with a question (`begin`) and comes back with the
 * answer (`arrive`). What the question was, the browser keeps sealed: an answer without it, as a
 * foreign link would bring one, is worth nothing, and each counts once. It must not know HTTP, and
 * how a provider is spoken to it leaves to `lib/oidc/`.
 *
 * A login that somebody else began is refused as it has no sealed question (login CSRF, RFC 9700
 * section 4.7); an answer of another provider, as it does not fit the question (mix-up, section 4.4).
 */
import { ConfabError } from "../errors.ts";
import type { Timestamp } from "../protocol/time.ts";
import {
  type ProvenIdentity,
  type ProviderClient,
  ProviderFailure,
  type Question,
} from "../oidc/proven.ts";
import type { Provider } from "../oidc/provider.ts";
import type { Identity, Upstream } from "../store/contract/oidc.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { type Errand, ProviderRefusal } from "./provider_refusal.ts";
import { Seal } from "./sealed.ts";
import { hashOfSecret, newSecret } from "./secrets.ts";
import type { Client, SignedIn } from "./sessions.ts";
import type { Throttle } from "./throttle.ts";
import { isOfDomain, labelFor, roleFor } from "./vouched.ts";
import type { Vouching } from "./vouching.ts";

/** People type passwords and codes there. */
const JOURNEY = 10 * 60 * 1000;
/** A longer one fits into no cookie, and into no address of many servers. */
const LONGEST_TOKEN = 2_400;

interface Journey extends Question {
  provider: string;
  errand: Errand;
  /** Where it leads on, on this site. */
  next: string;
}

export interface Begun {
  /** Where the browser is to go. */
  url: URL;
  /** What it keeps meanwhile, under a name of this question's own. */
  kept: { name: string; value: string; until: Timestamp };
}

export type CameBack =
  | { kind: "entered"; session: SignedIn; next: string }
  | { kind: "linked" | "confirmed"; next: string };

export interface ProvidersOptions {
  providers: readonly Provider[];
  /** Loaded where it is first needed. */
  clientOf(provider: Provider): Promise<ProviderClient>;
  store: Pick<
    Store,
    "confirmSession" | "linkIdentity" | "spendOnce" | "upstreamOf" | "userOfIdentity"
  >;
  vouching: Vouching;
  throttle: Throttle;
  secret: Uint8Array<ArrayBuffer>;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  now(): Timestamp;
  /** Told what went wrong at a provider; no code, no token and no name is in it. */
  log(sentence: string): void;
}

export class Providers {
  readonly #options: ProvidersOptions;
  readonly #journeys: Seal<Journey>;

  constructor(options: ProvidersOptions) {
    this.#options = options;
    this.#journeys = new Seal({ ...options, purpose: "on the way to a provider" });
  }

  /** For the buttons. */
  get list(): readonly Pick<Provider, "id" | "name" | "kind">[] {
    return this.#options.providers;
  }

  /** `null` for one that the settings do not name. */
  find(id: string | null): Provider | null {
    return this.#options.providers.find((each) => each.id === id) ?? null;
  }

  /**
   * @param origin this site's, as browsers reach it
   * Throws `rate_limited`, or a `ProviderRefusal`.
   */
  async begin(
    provider: Provider,
    { origin, errand, next }: { origin: string; errand: Errand; next: string },
    client: Client,
  ): Promise<Begun> {
    const { throttle, randomBytes, now } = this.#options;
    throttle.knock(client.address);
    const question: Question = {
      redirectUri: `${origin}${callbackPath(provider)}`,
      state: newSecret(randomBytes),
      nonce: newSecret(randomBytes),
      verifier: newSecret(randomBytes),
      fresh: errand.kind === "confirm",
    };
    const url = await this.#speak(provider, errand, (there) => there.ask(question));
    const until = now() + JOURNEY;
    const value = await this.#journeys.seal(
      { ...question, provider: provider.id, errand, next },
      until,
    );
    return { url, kept: { name: await keptName(question.state), value, until } };
  }

  /**
   * @param answer the address that the browser came back to
   * @param kept reads what the browser kept under a name
   * @param via the provider that the address itself names, where it does
   * Throws a `ProviderRefusal`, or what opening a session throws.
   */
  async arrive(
    { answer, kept, via, caller }: {
      answer: URL;
      kept(name: string): string | null;
      via: string | null;
      caller: Caller | null;
    },
    client: Client,
  ): Promise<CameBack> {
    this.#options.throttle.knock(client.address);
    const { journey, provider } = await this.#recall(answer, kept, via);
    const { errand, next } = journey;
    const landed = new URL(journey.redirectUri);
    landed.search = answer.search;
    const proven = await this.#speak(provider, errand, (there) => there.prove(journey, landed));
    const identity = this.#admit(provider, proven, errand);
    if (errand.kind === "enter") {
      const upstream = upstreamOf(identity, proven);
      const session = await this.#options.vouching.enter(
        { provider, proven, identity, upstream, invite: errand.invite },
        client,
      );
      return { kind: "entered", session, next };
    }
    // Somebody else may have signed in with this browser meanwhile, or nobody is any more.
    if (caller === null || caller.sessionId !== errand.session) {
      throw new ProviderRefusal("expired", errand.kind);
    }
    if (errand.kind === "link") await this.#link(caller, identity, client);
    else await this.#confirm(caller, identity);
    return { kind: errand.kind === "link" ? "linked" : "confirmed", next };
  }

  /** Whose answer it is: of a question that this browser keeps, that is not over, and only once. */
  async #recall(answer: URL, kept: (name: string) => string | null, via: string | null) {
    const { store, now } = this.#options;
    const state = answer.searchParams.get("state") ?? "";
    const sealed = kept(await keptName(state));
    const opened = sealed === null ? null : await this.#journeys.open(sealed);
    const journey = opened?.content ?? null;
    const provider = this.find(journey?.provider ?? null);
    const isAtItsDoor = provider !== null && (provider.ownCallback ? provider.id : null) === via;
    if (opened === null || journey?.state !== state || !isAtItsDoor) {
      throw new ProviderRefusal("expired", journey?.errand.kind);
    }
    const hash = await hashOfSecret(`state ${state}`);
    if (!await store.spendOnce({ hash, expiresAt: opened.until, now: now() })) {
      throw new ProviderRefusal("expired", journey.errand.kind);
    }
    return { journey, provider };
  }

  #admit(provider: Provider, proven: ProvenIdentity, errand: Errand): Identity {
    const isRefused = roleFor(provider.roles, proven.groups) === "refuse" ||
      !isOfDomain(provider, proven);
    if (isRefused) throw new ProviderRefusal("not_admitted", errand.kind);
    const { issuer, subject } = proven;
    return { issuer, subject, provider: provider.id, label: labelFor(proven, subject) };
  }

  async #link(caller: Caller, identity: Identity, { address }: Client): Promise<void> {
    const { store, now } = this.#options;
    try {
      const userId = caller.user.id;
      await store.linkIdentity({ userId, identity, by: "user", address, now: now() });
    } catch (error) {
      if (!(error instanceof ConfabError && error.code === "conflict")) throw error;
      throw new ProviderRefusal("taken", "link");
    }
  }

  async #confirm({ user, sessionId }: Caller, identity: Identity): Promise<void> {
    const { store, now } = this.#options;
    const owner = await store.userOfIdentity(identity);
    if (owner?.id !== user.id) throw new ProviderRefusal("somebody_else", "confirm");
    await store.confirmSession({ userId: user.id, sessionId, now: now() });
  }

  /** What a session began with elsewhere; `null` where it did not. */
  upstreamOf({ user, sessionId }: Caller): Promise<Upstream | null> {
    return this.#options.store.upstreamOf({ userId: user.id, sessionId });
  }

  /** Where a browser ends the session at its provider, too; `null` where nothing is to be done. */
  async logoutUrl(
    { provider: id, idToken }: Pick<Upstream, "provider" | "idToken">,
    back: string,
  ): Promise<URL | null> {
    const provider = this.find(id);
    if (provider === null || !provider.logout) return null;
    return await this.#speak(provider, null, (there) => there.logoutUrl(idToken, back));
  }

  async #speak<T>(
    provider: Provider,
    errand: Errand | null,
    talk: (there: ProviderClient) => Promise<T>,
  ): Promise<T> {
    try {
      return await talk(await this.#options.clientOf(provider));
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      if (error.fault !== "cancelled") {
        this.#options.log(`Signing in by ${provider.id} failed: ${error.message}.`);
      }
      throw new ProviderRefusal(error.fault, errand?.kind);
    }
  }
}

/** Where the answers of a provider come to. */
export function callbackPath({ id, ownCallback }: Pick<Provider, "id" | "ownCallback">): string {
  return `/login/oidc/callback${ownCallback ? `/${id}` : ""}`;
}

/** Tells one question's from another's: two tabs may be on the way at once. */
async function keptName(state: string): Promise<string> {
  return (await hashOfSecret(state)).slice(0, 12);
}

function upstreamOf(identity: Identity, { session, idToken }: ProvenIdentity): Upstream {
  const { issuer, subject, provider } = identity;
  const isKept = idToken !== null && idToken.length <= LONGEST_TOKEN;
  return { issuer, subject, provider, session, idToken: isKept ? idToken : null };
}
