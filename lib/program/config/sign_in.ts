/**
 * The settings of signing in by somebody else: OpenID Connect's providers, and a proxy that names
 * who has signed in there. Joined into the table of `settings.ts`.
 */
import { type Provider, ProviderError } from "../../oidc/provider.ts";
import { oneProvider, providerList } from "../../oidc/settings.ts";
import { oneOf } from "./values.ts";
import { setting } from "./setting.ts";

/** A text that the provider gave, or the host chose. */
const plainText = (text: string) => /^[^\p{Cc}]{0,2048}$/u.test(text) ? text : undefined;

const NONE = { default: "", defaultHelp: "none" };

export const SIGN_IN_SETTINGS = {
  oidcIssuer: setting({
    env: "CONFAB_OIDC_ISSUER",
    flag: "oidc-issuer",
    ...NONE,
    help:
      "Single sign-on: the address of an OpenID Connect provider (Keycloak, Authentik, …), or " +
      "google, gitlab, github, microsoft:TENANT-ID.",
    accepts: "an address or one of these words",
    parse: plainText,
  }),
  oidcClientId: setting({
    env: "CONFAB_OIDC_CLIENT_ID",
    flag: "oidc-client-id",
    ...NONE,
    help: "The client id that the provider gave when this chat was registered there; the address " +
      "to register is ORIGIN/login/oidc/callback.",
    accepts: "a text",
    parse: plainText,
  }),
  oidcClientSecret: setting({
    env: "CONFAB_OIDC_CLIENT_SECRET",
    flag: "", // a flag would show it to everyone who can list processes
    ...NONE,
    help: "The client secret that the provider gave.",
    accepts: "a text",
    parse: plainText,
  }),
  oidcName: setting({
    env: "CONFAB_OIDC_NAME",
    flag: "oidc-name",
    default: "",
    defaultHelp: "the provider's own",
    help: "What people know the provider by, on its button.",
    accepts: "a text",
    parse: plainText,
  }),
  oidcProviders: setting({
    env: "CONFAB_OIDC_PROVIDERS",
    flag: "",
    ...NONE,
    help: "Several providers, or one with more to say (accounts, roles, domains), as JSON; see " +
      "docs/single-sign-on.md.",
    accepts: "a list of providers in JSON",
    parse: (text) => text.length <= 100_000 ? text : undefined,
  }),
  passwordLogin: setting<"everybody" | "owner" | null>({
    env: "CONFAB_PASSWORD_LOGIN",
    flag: "password-login",
    default: "",
    defaultHelp: "everybody, unless staff set it",
    help:
      "Who may sign in by a password where a provider or a proxy lets people in: everybody, or " +
      "only the owner.",
    accepts: '"everybody" or "owner"',
    parse: (text) => text === "" ? null : oneOf(text, ["everybody", "owner"]),
  }),
  userHeader: setting<string | null>({
    env: "CONFAB_USER_HEADER",
    flag: "user-header",
    ...NONE,
    help: "Header in which a proxy that signs people in says who it is, such as Remote-User.",
    accepts: 'the name of a header, such as "Remote-User"',
    parse: (text) => text === "" ? null : /^[A-Za-z][\w-]{0,60}$/.test(text) ? text : undefined,
  }),
  userHeaderFrom: setting<readonly string[]>({
    env: "CONFAB_USER_HEADER_FROM",
    flag: "user-header-from",
    default: "127.0.0.1,::1",
    help: "Addresses or networks of that proxy, separated by commas: nobody else is believed.",
    accepts: 'addresses or networks such as "10.0.0.2,172.16.0.0/12,fd00::/8"',
    parse: networkList,
  }),
};

/** What the settings say of providers; throws `ProviderError`, which names the variable. */
export function providersIn(
  { oidcIssuer, oidcClientId, oidcClientSecret, oidcName, oidcProviders }: {
    readonly [
      N in "oidcIssuer" | "oidcClientId" | "oidcClientSecret" | "oidcName" | "oidcProviders"
    ]: string;
  },
): Provider[] {
  const one = oidcIssuer === "" ? [] : [named("CONFAB_OIDC_ISSUER", () =>
    oneProvider({
      issuer: oidcIssuer,
      clientId: oidcClientId,
      clientSecret: oidcClientSecret,
      name: oidcName,
    }))];
  const list = oidcProviders === ""
    ? []
    : named("CONFAB_OIDC_PROVIDERS", () => providerList(oidcProviders));
  const [first] = one;
  if (first !== undefined && list.some(({ id }) => id === first.id)) {
    throw new ProviderError(
      `CONFAB_OIDC_PROVIDERS names "${first.id}", which CONFAB_OIDC_ISSUER sets already.`,
    );
  }
  return [...one, ...list];
}

function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof ProviderError)) throw thrown;
    throw new ProviderError(`${variable} ${thrown.message}`);
  }
}

function networkList(text: string): readonly string[] | undefined {
  const list = text.split(",").map((each) => each.trim()).filter((each) => each !== "");
  return list.length > 0 && list.every(isNetwork) ? list : undefined;
}

function isNetwork(text: string): boolean {
  const [, address = "", bits] = /^([\da-fA-F.:]+?)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = address.includes(":") ? 128 : 32;
  const isAddress = address.includes(":")
    ? URL.canParse(`http://[${address}]`)
    : /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(address);
  return isAddress && (bits === undefined || Number(bits) <= most);
}
