/**
 * Whether a request was made by this site's own pages: the answer to cross-site request forgery
 * and cross-site WebSocket hijacking. Pure: facts in, answer out; it must not know any HTTP
 * library, and asks only about requests that a cookie authenticates (`cookie: true`): a page
 * elsewhere cannot make a browser add a Bearer token.
 */

/** Which origins are this site's own. */
export interface Site {
  /** The configured origin; `null`: whatever host the request names. */
  origin: string | null;
  /** Other origins whose pages may open a socket with the cookie, and use the API with a token. */
  allowed: readonly string[];
}

export interface OriginFacts {
  /** As the client speaks it, seen through trusted proxies. */
  scheme: "http" | "https";
  /** The `Host` header. */
  host: string | null;
  /** The `Origin` header. */
  origin: string | null;
  /** The `Sec-Fetch-Site` header. */
  fetchSite: string | null;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** A site from configured origins: the first is its own, the rest are the further ones. */
export function createSite(origins: readonly string[]): Site {
  const [origin = null, ...allowed] = origins.map(parseOrigin);
  return { origin, allowed };
}

/**
 * `https://Example.org:443/` → `https://example.org`. Throws a TypeError if it is not an origin.
 */
export function parseOrigin(text: string): string {
  const url = URL.parse(text);
  const isBare = url !== null && url.pathname === "/" && url.search === "" && url.hash === "" &&
    url.username === "" && url.password === "";
  if (!isBare || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`Cannot use "${text}" as an origin: it must be like https://example.org`);
  }
  return url.origin;
}

/** The site's own origin: as configured, or from the request; `null` if `Host` is invalid. */
export function siteOrigin(facts: Pick<OriginFacts, "scheme" | "host">, site: Site): string | null {
  if (site.origin !== null) return site.origin;
  if (facts.host === null || !/^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d+)?$/.test(facts.host)) {
    return null;
  }
  return URL.parse(`${facts.scheme}://${facts.host}`)?.origin ?? null;
}

/**
 * Whether a request may change something: without the cookie it may; with it, it needs this site's
 * `Origin`, or no `Origin` and `Sec-Fetch-Site: same-origin`, which no script can forge. Other
 * origins write with a token: a compromised page there must not act for everybody here.
 */
export function mayChange(
  facts: OriginFacts & { method: string; cookie: boolean },
  site: Site,
): boolean {
  if (SAFE_METHODS.has(facts.method) || !facts.cookie) return true;
  if (facts.origin === null) return facts.fetchSite === "same-origin";
  return isOwn(facts, site);
}

/**
 * Whether a WebSocket may be opened. Browsers let any page open one, with cookies, and always send
 * `Origin`: with a cookie it must be present, and ours or allowed.
 */
export function mayUpgrade(facts: OriginFacts & { cookie: boolean }, site: Site): boolean {
  return !facts.cookie || isOwn(facts, site) ||
    (facts.origin !== null && site.allowed.includes(facts.origin));
}

/**
 * Whether a login or signup form, which carries no cookie yet, may be accepted: a page elsewhere
 * could sign somebody in to the attacker's account and read what they write there. Programs, which
 * send neither header, may.
 */
export function maySignIn(facts: OriginFacts, site: Site): boolean {
  if (facts.origin !== null) return isOwn(facts, site);
  return facts.fetchSite === null || facts.fetchSite === "same-origin" ||
    facts.fetchSite === "none";
}

/** `Origin: null` (a sandboxed frame, a local file) is never ours: no parsed origin reads "null". */
function isOwn(facts: OriginFacts, site: Site): boolean {
  return facts.origin !== null && facts.origin === siteOrigin(facts, site);
}
