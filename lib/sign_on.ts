/** Joins single sign-on, as the settings say it: a part of the composition in `app.ts`. */
import type { Auth } from "./auth/auth.ts";
import type { SignOn } from "./auth/sign_on.ts";
import type { Throttle } from "./auth/throttle.ts";
import type { Provider } from "./oidc/provider.ts";
import type { ProviderClient } from "./oidc/proven.ts";
import type { Config } from "./program/config/config.ts";
import { providersIn } from "./program/config/sign_in.ts";
import type { Logger } from "./program/log.ts";
import { readEmailAddress } from "./protocol/email_address.ts";
import { atFirstUse } from "./protocol/first_use.ts";
import type { Resources } from "./resources/resources.ts";

export interface SignOnParts {
  auth: Pick<Auth, "signingIn" | "invitations">;
  throttle: Throttle;
  now(): number;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  log: Logger;
}

/**
 * Whether others than the owner come in by a provider or the proxy alone. Never where neither is
 * configured: nobody would come in at all.
 */
export function onlyBySignOn(
  config: Config,
  workspace: Pick<Resources["workspace"], "get">,
): () => boolean {
  const isConfigured = providersIn(config).length > 0 || config.userHeader !== null;
  return () => isConfigured && workspace.get("passwordLogin") === "owner";
}

export function joinSignOn(
  config: Config,
  { auth, throttle, now, randomBytes, log }: SignOnParts,
  { store, secret, workspace }: Resources,
): SignOn {
  const providers = providersIn(config);
  const { userHeader: name, userHeaderFrom: from } = config;
  const clients = new Map<string, Promise<ProviderClient>>();
  const load = async (provider: Provider): Promise<ProviderClient> => {
    const { OpenIdClient } = await import("./oidc/client.ts");
    return new OpenIdClient(provider, now);
  };
  return {
    providers: providers.map(({ id, name }) => ({ id, name })),
    userHeader: name === null ? null : { name, from },
    isOnlyWay: onlyBySignOn(config, workspace),
    doors: atFirstUse(async () => {
      const { openSignOn } = await import("./auth/sign_on_doors.ts");
      return openSignOn({
        ...{ store, secret, throttle, now, randomBytes, providers },
        signingIn: auth.signingIn,
        invitations: auth.invitations,
        signup: () => workspace.get("signup"),
        async userOfEmail(email) {
          const address = readEmailAddress(email);
          return address && (await store.findByEmail({ key: address.key }))?.user || null;
        },
        clientOf(provider) {
          const known = clients.get(provider.id) ?? load(provider);
          clients.set(provider.id, known);
          return known;
        },
        log: (sentence) => log.warn(sentence),
      });
    }),
  };
}
