/**
 * Whose account somebody is for whom a provider, or the proxy in front, vouches: the one that is
 * linked, or one that the host lets be linked or made. Every other account stays closed to them,
 * whatever name or address they bring: those are only what the provider was told.
 */
import { ConfabError } from "../errors.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { SignupMode } from "../protocol/workspace.ts";
import type { ProvenIdentity } from "../oidc/proven.ts";
import type { Provider } from "../oidc/provider.ts";
import type { User } from "../protocol/people.ts";
import type { Identity, Upstream } from "../store/contract/oidc.ts";
import type { Store } from "../store/store.ts";
import type { Invitations, InviteToSpend } from "./invitations.ts";
import { ProviderRefusal } from "./provider_refusal.ts";
import type { Client, SignedIn } from "./sessions.ts";
import type { SigningIn } from "./signing_in.ts";
import type { Throttle } from "./throttle.ts";
import { displayNameFor, roleFor, usernamesFor, type VouchedRole } from "./vouched.ts";

/** As the issuer of whom the proxy in front names; no provider can be called so. */
const PROXY = "header";

export interface Vouched {
  provider: Pick<Provider, "accounts" | "roles" | "linkByEmail">;
  proven: Pick<ProvenIdentity, "username" | "displayName" | "email" | "emailVerified" | "groups">;
  identity: Identity;
  upstream: Upstream;
  /** The code of an invitation that they came with. */
  invite: string | null;
}

export interface VouchingOptions {
  store: Pick<
    Store,
    "credentials" | "followRole" | "hasAccounts" | "linkIdentity" | "userOfIdentity"
  >;
  signingIn: SigningIn;
  invitations: Invitations;
  throttle: Throttle;
  signup(): SignupMode;
  /** Whose verified address it is; `null` for nobody's, or where addresses are not kept. */
  userOfEmail(email: string): Promise<User | null>;
  now(): Timestamp;
}

export class Vouching {
  readonly #options: VouchingOptions;

  constructor(options: VouchingOptions) {
    this.#options = options;
  }

  /** Throws a `ProviderRefusal`, or what opening a session throws. */
  async enter(vouched: Vouched, client: Client, way: "oidc" | "proxy" = "oidc"): Promise<SignedIn> {
    const { store, signingIn, now } = this.#options;
    const { identity, upstream } = vouched;
    const known = await store.userOfIdentity(identity) ?? await this.#byEmail(vouched, client);
    if (known === null) return await this.#newcomer(vouched, client, way);
    const role = roleOf(vouched);
    if (role !== null) {
      await store.followRole({ userId: known.id, role, address: client.address, now: now() });
    }
    return await signingIn.open({ userId: known.id, way, upstream }, client);
  }

  /**
   * The proxy in front names them, and the host trusts it with every name: whoever has that name
   * here is them.
   */
  async enterByProxy(
    { name, displayName }: { name: string; displayName: string | null },
    client: Client,
  ): Promise<SignedIn> {
    const { store, now, throttle } = this.#options;
    throttle.knock(client.address);
    const identity = { issuer: PROXY, subject: name, provider: PROXY, label: name };
    const known = await store.userOfIdentity(identity);
    const namesake = known === null ? await store.credentials({ username: name }) : null;
    if (namesake !== null) {
      const { user: { id: userId } } = namesake;
      const { address } = client;
      await store.linkIdentity({ userId, identity, by: "program", address, now: now() });
    }
    const email = name.includes("@") ? name : null;
    const proven = { username: name, displayName, email, emailVerified: false, groups: [] };
    const upstream = { ...identity, session: null, idToken: null };
    const provider = { accounts: "everybody", roles: null, linkByEmail: false } as const;
    return await this.enter(
      { provider, proven, identity, upstream, invite: null },
      client,
      "proxy",
    );
  }

  /** Where the host allows it, and both sides have verified the address. */
  async #byEmail({ provider, proven, identity }: Vouched, client: Client): Promise<User | null> {
    const { store, userOfEmail, now } = this.#options;
    if (!provider.linkByEmail || !proven.emailVerified || proven.email === null) return null;
    const user = await userOfEmail(proven.email);
    if (user === null) return null;
    const { address } = client;
    await store.linkIdentity({ userId: user.id, identity, by: "program", address, now: now() });
    return user;
  }

  async #newcomer(vouched: Vouched, client: Client, way: "oidc" | "proxy"): Promise<SignedIn> {
    const { store, signingIn, throttle } = this.#options;
    // The owner is whoever sets the place up, with a password that works without any provider.
    if (!await store.hasAccounts()) throw new ProviderRefusal("no_owner", "enter");
    const invite = await this.#ticketFor(vouched, client);
    throttle.signup(client.address);
    const { proven, identity, upstream } = vouched;
    const role = roleOf(vouched);
    for (const username of usernamesFor(proven)) {
      const account = {
        username,
        displayName: displayNameFor(proven, username),
        passwordHash: "",
        firstOnly: false,
        invite,
        identity,
        ...(role === null ? {} : { role }),
      };
      try {
        return await signingIn.openAccount(account, way, client, upstream);
      } catch (error) {
        if (!(error instanceof ConfabError && error.code === "conflict")) throw error;
        // The same person in another tab, or the name is taken.
        const user = await store.userOfIdentity(identity);
        if (user !== null) return await signingIn.open({ userId: user.id, way, upstream }, client);
      }
    }
    throw new ProviderRefusal("no_account", "enter");
  }

  /** An invitation to spend, `null` where none is needed. */
  async #ticketFor(
    { provider, invite }: Vouched,
    client: Client,
  ): Promise<InviteToSpend | null> {
    const { invitations, signup } = this.#options;
    if (invite !== null && provider.accounts !== "nobody") {
      return await invitations.toSpend(invite, client.address);
    }
    const isOpen = provider.accounts === "everybody" ||
      (provider.accounts === "signup" && signup() === "open");
    if (!isOpen) throw new ProviderRefusal("no_account", "enter");
    return null;
  }
}

function roleOf({ provider, proven }: Vouched): VouchedRole | null {
  const role = roleFor(provider.roles, proven.groups);
  return role === "refuse" ? null : role; // who is refused has been so before
}
