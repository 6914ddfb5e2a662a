/** Which addresses a text may lead to, and how they are shown. Pure. */
import { shownAddress } from "./hosts.ts";

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
export function addressLink(text: string): AddressLink | { type: "text"; text: string } {
  const url = followable(text);
  return url === null
    ? { type: "text", text }
    : { type: "link", text: shownAddress(text, url), href: url.href };
}

/** What may be followed: http or https, at a host that the address itself names first. */
export function followable(text: string): URL | null {
  const url = text.length > LONGEST_ADDRESS ? null : safeUrl(text);
  const deceives = url === null || url.username !== "" || url.password !== "";
  return deceives || !NAMES_HOST.test(text) ? null : url;
}

/** Browsers skip further slashes, and take an empty name before "@" for none. */
const NAMES_HOST = /^https?:\/\/[^/\\?#@]+(?:[/\\?#]|$)/i;

/** Only what the browser itself reads as http or https: "javascript:" and "data:" run as code. */
function safeUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    const safe = (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
    return safe ? url : null;
  } catch {
    return null;
  }
}

/** Something like a host: words with a full stop and no space between them. */
const HOST = /(?:^|[\s/(@])((?:[\p{L}\p{N}-]+[.\u3002\uff0e\uff61])+[\p{L}\p{N}-]{2,})/gu;

/** Whether words that stand for a link name a host, and none that it leads to. */
export function leadsElsewhere(words: string, url: URL): boolean {
  const hosts = Array.from(words.slice(0, 500).matchAll(HOST), ([, host]) => asHost(host!));
  return hosts.length > 0 && !hosts.some((host) => isSameSite(host, url.hostname));
}

function asHost(written: string): string {
  return safeUrl(`https://${written}`)?.hostname ?? written;
}

function isSameSite(named: string, host: string): boolean {
  return named === host || host.endsWith(`.${named}`) || named === `www.${host}`;
}
