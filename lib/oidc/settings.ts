/**
 * Reads what the settings say of providers. One is three variables (`oneProvider`); several, or one
 * with more to say, are a list in JSON (`providerList`). Pure: nothing is opened or asked here.
 */
import { type Provider, ProviderError, type RoleRules } from "./provider.ts";

type Known = Pick<Provider, "name" | "kind" | "issuer" | "hosts">;

/** Providers that are known by a word. */
const KNOWN: Readonly<Record<string, Known>> = {
  google: {
    name: "Google",
    kind: "openid",
    issuer: "https://accounts.google.com",
    hosts: ["oauth2.googleapis.com", "openidconnect.googleapis.com", "www.googleapis.com"],
  },
  gitlab: { name: "GitLab", kind: "openid", issuer: "https://gitlab.com", hosts: [] },
  github: {
    name: "GitHub",
    kind: "github",
    issuer: "https://github.com",
    hosts: ["api.github.com"],
  },
};

/** Microsoft has an issuer for each organisation, by the id of its directory (tenant). */
const MICROSOFT = /^microsoft:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

const SCOPES = { openid: ["openid", "profile", "email"], github: ["read:user", "user:email"] };

/**
 * @param issuer an address, or a word: "google", "gitlab", "github", "microsoft:TENANT-ID"
 * @param name what people know it by; empty for its own
 */
export function oneProvider(
  { issuer, clientId, clientSecret, name }: Record<
    "issuer" | "clientId" | "clientSecret" | "name",
    string
  >,
): Provider {
  if (clientId === "" || clientSecret === "") {
    throw new ProviderError(
      "needs CONFAB_OIDC_CLIENT_ID and CONFAB_OIDC_CLIENT_SECRET beside it: the provider gives " +
        "both when this chat is registered there.",
    );
  }
  return readProvider({ issuer, clientId, clientSecret, ...(name === "" ? {} : { name }) }, 0);
}

/** Reads the list in JSON. Throws `ProviderError`. */
export function providerList(text: string): Provider[] {
  const list = listIn(text).map((item, index) => readProvider(item, index));
  const twice = list.find(({ id }, index) => list.findIndex((each) => each.id === id) < index);
  if (twice !== undefined) {
    throw new ProviderError(`has two providers with the id "${twice.id}": give one another "id".`);
  }
  return list;
}

function listIn(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProviderError('is no JSON; it looks like [{"issuer": "https://…", …}].');
  }
  const list = Array.isArray(value) ? value : [value];
  if (list.length > 16) throw new ProviderError("has more than 16 providers.");
  return list;
}

type Fields = Record<string, unknown>;

const FIELDS = [
  "id",
  "name",
  "issuer",
  "kind",
  "clientId",
  "clientSecret",
  "scopes",
  "accounts",
  "domains",
  "linkByEmail",
  "roles",
  "logout",
  "ownCallback",
  "hosts",
];

function readProvider(value: unknown, index: number): Provider {
  const of = new Reader(objectIn(value, `number ${index + 1}`, FIELDS), `number ${index + 1}`);
  const known = of.known();
  const id = of.text("id", idOf(known.name));
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) {
    throw of.wrong("id", "up to 32 small letters, digits and hyphens");
  }
  return {
    ...known,
    id,
    name: of.text("name", known.name).slice(0, 60),
    clientId: of.text("clientId"),
    clientSecret: of.text("clientSecret"),
    scopes: of.list("scopes", SCOPES[known.kind]),
    accounts: of.choice("accounts", ["signup", "everybody", "nobody"]),
    domains: of.list("domains", []).map((domain) => domain.toLowerCase().replace(/^@/, "")),
    linkByEmail: of.flag("linkByEmail", false),
    roles: of.roles(),
    logout: of.flag("logout", true),
    ownCallback: of.flag("ownCallback", false),
    hosts: [...known.hosts, ...of.list("hosts", [])],
  };
}

/** "Google" → "google"; a name without such letters has no id of its own. */
function idOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 32) ||
    "sso";
}

function objectIn(value: unknown, what: string, fields: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProviderError(`has no object as ${what}.`);
  }
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) {
    throw new ProviderError(
      `has an unknown field "${unknown.slice(0, 40)}" in ${what}; there are ${fields.join(", ")}.`,
    );
  }
  return value as Fields; // an object, as was found above
}

/** Reads one provider's fields; each refusal names the field and says what it takes. */
class Reader {
  constructor(private readonly fields: Fields, private readonly what: string) {}

  wrong(field: string, takes: string): ProviderError {
    return new ProviderError(`needs "${field}" in ${this.what} to be ${takes}.`);
  }

  text(field: string, standard?: string): string {
    const value = this.fields[field] ?? standard;
    if (typeof value !== "string" || value.trim() === "" || value.length > 2048) {
      throw this.wrong(field, "a text");
    }
    return value.trim();
  }

  flag(field: string, standard: boolean): boolean {
    const value = this.fields[field] ?? standard;
    if (typeof value !== "boolean") throw this.wrong(field, "true or false");
    return value;
  }

  list(field: string, standard: readonly string[]): string[] {
    const value = this.fields[field] ?? standard;
    const isList = Array.isArray(value) && value.length <= 100 &&
      value.every((each) => typeof each === "string" && /^[^\s,]{1,256}$/.test(each.trim()));
    if (!isList) throw this.wrong(field, "a list of words");
    return value.map((each) => each.trim());
  }

  choice<const T extends string>(field: string, accepted: readonly [T, ...T[]]): T {
    const value = this.fields[field] ?? accepted[0];
    const found = accepted.find((each) => each === value);
    if (found === undefined) {
      throw this.wrong(
        field,
        accepted.map((each) => `"${each}"`).join(", "),
      );
    }
    return found;
  }

  /** Where it is, and how it is spoken to. */
  known(): Known {
    const written = this.text("issuer");
    const known = Object.hasOwn(KNOWN, written.toLowerCase())
      ? KNOWN[written.toLowerCase()]
      : undefined;
    if (known !== undefined) return known;
    const tenant = MICROSOFT.exec(written)?.[1];
    if (tenant !== undefined) {
      return {
        name: "Microsoft",
        kind: "openid",
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
        hosts: ["graph.microsoft.com"],
      };
    }
    // As it was written: providers compare it letter by letter, a slash at its end included.
    const issuer = written.replace(/\.well-known\/openid-configuration$/, "");
    const url = URL.parse(issuer);
    if (url === null || !isSafe(url)) {
      throw this.wrong(
        "issuer",
        'an address that begins with https:// (http:// only within your own network), or "google", ' +
          '"gitlab", "github", "microsoft:TENANT-ID"',
      );
    }
    const kind = this.choice("kind", ["openid", "github"]);
    return { name: url.hostname, kind, issuer, hosts: [] };
  }

  roles(): RoleRules | null {
    if (this.fields.roles === undefined) return null;
    const what = `"roles" of ${this.what}`;
    const names = ["claim", "admin", "member", "guest", "others"];
    const of = new Reader(objectIn(this.fields.roles, what, names), what);
    const values = (field: string) => of.groups(field);
    return {
      claim: of.text("claim"),
      admin: values("admin"),
      member: values("member"),
      guest: values("guest"),
      others: of.choice("others", ["member", "guest", "refuse"]),
    };
  }

  /** Groups' names, which may have spaces, as a list or as one text. */
  groups(field: string): string[] {
    const value = this.fields[field] ?? [];
    const list = typeof value === "string" ? [value] : value;
    const isList = Array.isArray(list) && list.length <= 100 &&
      list.every((each) => typeof each === "string" && each !== "" && each.length <= 256);
    if (!isList) throw this.wrong(field, "a list of groups");
    return list;
  }
}

/**
 * Without TLS whoever is in between could say who somebody is: only where that is one's own network.
 */
function isSafe({ protocol, hostname, search, hash, username }: URL): boolean {
  if (search !== "" || hash !== "" || username !== "") return false;
  if (protocol === "https:") return true;
  const own =
    /^(localhost|\[::1\]|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+)$/
      .test(hostname);
  return protocol === "http:" &&
    (own || !hostname.includes(".") || /\.(lan|local|internal|home\.arpa)$/.test(hostname));
}
