/** Which addresses a text may lead to, and how they are shown. Pure. */
export interface AddressLink {
  type: "link";
  text: string;
  href: string;
}

/**
 * Characters. Longer addresses stay text: browsers and servers cut them, and nobody can read them.
 */
const LONGEST_ADDRESS = 2_048;

/**
 * Text where the address cannot be followed, or begins with a name that one could take for the
 * host: `https://google.com@evil.example` leads to evil.example.
 */
export function addressLink(
  text: string,
  shown: ShownAddress = inAscii,
): AddressLink | { type: "text"; text: string } {
  const url = followable(text);
  return url === null
    ? { type: "text", text }
    : { type: "link", text: shown(text, url), href: url.href };
}

/** How an address is shown that leads to this one. */
export type ShownAddress = (address: string, url: URL) => string;

/**
 * A host of other letters is shown in its ASCII form: nobody is deceived by that. Which of them may
 * be shown as written is told by `hosts.ts`, which comes with what shows markup: texts with such an
 * address count as some.
 */
export function inAscii(address: string, url: URL): string {
  const [, scheme, host] = SCHEME_AND_HOST.exec(address) ?? [];
  if (scheme === undefined || host === undefined || /^[\w.[\]-]*$/.test(host)) return address;
  return scheme + url.hostname + address.slice(scheme.length + host.length);
}

export const SCHEME_AND_HOST = /^(https?:\/\/)([^/?#\\:]*)/i;

/** What may be followed: http or https, at a host that the address itself names first. */
export function followable(text: string): URL | null {
  const url = text.length > LONGEST_ADDRESS ? null : safeUrl(text);
  const deceives = url === null || url.username !== "" || url.password !== "";
  return deceives || !NAMES_HOST.test(text) ? null : url;
}

/** Browsers skip further slashes, and take an empty name before "@" for none. */
const NAMES_HOST = /^https?:\/\/[^/\\?#@]+(?:[/\\?#]|$)/i;

/** Only what the browser itself reads as http or https: "javascript:" and "data:" run as code. */
export function safeUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    const safe = (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
    return safe ? url : null;
  } catch {
    return null;
  }
}
