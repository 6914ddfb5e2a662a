/** Where a provider is asked what, and how it wants to know that we are its client. */
import * as client from "openid-client";
import type { Provider } from "./provider.ts";

/** Seconds that the provider may take for each answer: somebody is waiting. */
export const PROVIDER_PATIENCE = 10;
/** Seconds by which the provider's clock may differ. */
export const CLOCKS_APART = 30;

/** @param inBody the client's secret goes into the body, whatever the provider says of itself */
export async function discover(provider: Provider, inBody: boolean): Promise<client.Configuration> {
  const config = provider.kind === "github"
    ? githubServer(provider)
    : configOf(provider, await discoverEither(provider), inBody);
  if (isPlain(provider.issuer)) client.allowInsecureRequests(config);
  config.timeout = PROVIDER_PATIENCE;
  // The signature too, not only the TLS connection over which the token came.
  if (provider.kind === "openid") client.enableNonRepudiationChecks(config);
  return config;
}

/** With a slash at the issuer's end or without it: people copy both, providers mean one. */
async function discoverEither({ issuer, clientId }: Provider): Promise<client.ServerMetadata> {
  const other = issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`;
  try {
    return await discoverAt(issuer, clientId);
  } catch (first) {
    try {
      return await discoverAt(other, clientId);
    } catch {
      throw first;
    }
  }
}

async function discoverAt(issuer: string, clientId: string): Promise<client.ServerMetadata> {
  const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    timeout: PROVIDER_PATIENCE,
    execute: isPlain(issuer) ? [client.allowInsecureRequests] : [],
  });
  return found.serverMetadata();
}

function configOf(
  { clientId, clientSecret }: Provider,
  metadata: client.ServerMetadata,
  inBody: boolean,
): client.Configuration {
  // What a provider that says nothing takes, it takes by HTTP Basic (OpenID Connect Discovery 1.0).
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const auth = methods.includes("client_secret_basic") && !inBody
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret);
  const own = { client_secret: clientSecret, [client.clockTolerance]: CLOCKS_APART };
  return new client.Configuration(metadata, clientId, own, auth);
}

/** GitHub describes itself nowhere; a GitHub Enterprise has the same paths. */
function githubServer({ issuer, clientId, clientSecret }: Provider): client.Configuration {
  const base = `${issuer.replace(/\/$/, "")}/login/oauth`;
  return new client.Configuration(
    {
      issuer: base,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/access_token`,
    },
    clientId,
    clientSecret,
    client.ClientSecretPost(clientSecret),
  );
}

function isPlain(issuer: string): boolean {
  return issuer.startsWith("http:");
}
