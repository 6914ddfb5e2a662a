/** Joins what single sign-on is made of: loaded where it is used, and not with every start. */
import { ProviderLogout, type ProviderLogoutOptions } from "./provider_logout.ts";
import { Providers, type ProvidersOptions } from "./providers.ts";
import { Seal } from "./sealed.ts";
import type { Farewell, SignOnDoors } from "./sign_on.ts";
import { Vouching, type VouchingOptions } from "./vouching.ts";

export type SignOnOptions =
  & Omit<ProvidersOptions, "store" | "vouching">
  & Omit<VouchingOptions, "store">
  & {
    store: ProvidersOptions["store"] & ProviderLogoutOptions["store"] & VouchingOptions["store"];
  };

export function openSignOn(options: SignOnOptions): SignOnDoors {
  const vouching = new Vouching(options);
  return {
    vouching,
    providers: new Providers({ ...options, vouching }),
    logout: new ProviderLogout(options),
    farewells: new Seal<Farewell>({ ...options, purpose: "signing out at a provider" }),
  };
}
