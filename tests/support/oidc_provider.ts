/**
 * A real provider of OpenID Connect (`oidc-provider`), on a port of the system's choice. Whoever types
 * a name at its login page is that person; what it says of them the test sets.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// @deno-types="./oidc_provider_types.d.ts"
import Provider from "oidc-provider";

export interface TestProviderOptions {
  /** Where answers may be sent to, and where one comes back to after signing out. */
  redirects: string[];
  afterLogout?: string[];
  /** Told of logouts here. */
  backchannel?: string;
  clientAuth?: "client_secret_basic" | "client_secret_post";
  /** Of a person, besides `sub`. */
  claims?(name: string): Record<string, unknown>;
}

export const CLIENT = { clientId: "confab", clientSecret: "a-secret-of-the-client" };

export interface TestProvider extends AsyncDisposable {
  issuer: string;
  /** Each request's method, path and body so far. */
  requests: { method: string; url: string; referer: string | undefined }[];
  /** The next answers are these, as `name: text`; for a provider that is broken. */
  stop(): Promise<void>;
}

export async function startProvider(options: TestProviderOptions): Promise<TestProvider> {
  const requests: TestProvider["requests"] = [];
  let handle: (request: unknown, response: unknown) => void = () => {};
  const server = createServer((request, response) => {
    const { method = "", url = "", headers: { referer } } = request;
    requests.push({ method, url, referer });
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(options));
  handle = provider.callback();
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { issuer, requests, stop, [Symbol.asyncDispose]: stop };
}

function configuration(options: TestProviderOptions) {
  const { redirects, afterLogout = [], backchannel, claims = personOf } = options;
  return {
    clients: [{
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      redirect_uris: redirects,
      post_logout_redirect_uris: afterLogout,
      token_endpoint_auth_method: options.clientAuth ?? "client_secret_basic",
      ...(backchannel === undefined ? {} : {
        backchannel_logout_uri: backchannel,
        backchannel_logout_session_required: true,
      }),
    }],
    cookies: { keys: ["a key of the test"] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username", "groups"],
      email: ["email", "email_verified"],
    },
    findAccount: (_: unknown, name: string) => ({
      accountId: name,
      claims: () => ({ sub: name, ...claims(name) }),
    }),
  };
}

function personOf(name: string): Record<string, unknown> {
  return {
    name: `${name[0]?.toUpperCase()}${name.slice(1)} Example`,
    preferred_username: name,
    email: `${name}@example.org`,
    email_verified: true,
  };
}
