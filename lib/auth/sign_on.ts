/** What single sign-on is to routes: what its buttons need at once, and the rest when it is used. */
import type { Provider } from "../oidc/provider.ts";
import type { ProviderLogout } from "./provider_logout.ts";
import type { Providers } from "./providers.ts";
import type { Seal } from "./sealed.ts";
import type { Vouching } from "./vouching.ts";

export type { Provider } from "../oidc/provider.ts";

export type ProviderShown = Pick<Provider, "id" | "name">;

/** What a browser keeps after signing out here, to sign out there. */
export interface Farewell {
  provider: string;
  idToken: string | null;
}

/** Loaded at the first use. */
export interface SignOnDoors {
  providers: Providers;
  logout: ProviderLogout;
  vouching: Vouching;
  farewells: Seal<Farewell>;
}

export interface SignOn {
  providers: readonly ProviderShown[];
  /** The header in which a proxy says who it is, and the networks from which it is believed. */
  userHeader: { name: string; from: readonly string[] } | null;
  /** Whether others than the owner come in by it alone. */
  isOnlyWay(): boolean;
  doors(): Promise<SignOnDoors>;
}
