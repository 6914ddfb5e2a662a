/**
 * Fetches pages whose addresses strangers chose. A name is looked up once, all its addresses must be
 * public, and the connection goes to what was looked up: an answer that changes meanwhile (DNS
 * rebinding) changes nothing. Every redirect is treated as a new address. It reads nothing of a page.
 *
 * `fetch` would look the name up by itself, after any check (docs/decisions/0058).
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Fetch, FetchRefused } from "./fetching.ts";
import { isPublic } from "./public_address.ts";
import { type Answered, openRequest } from "./request.ts";

export interface SafeFetchOptions {
  /** All addresses of a name. */
  resolve?: (host: string) => Promise<string[]>;
  /** Which addresses and ports may be connected to. */
  allows?: (address: string) => boolean;
  ports?: readonly number[];
  /** Hosts of one's own, which may be asked wherever they are. */
  trusts?: (url: URL) => boolean;
  /** Certificates of authorities besides the known ones (PEM). */
  ca?: string[];
  userAgent?: string;
  language?: () => string;
  /** Asked before each request, with the host's name: throws where it must not be asked now. */
  admit?: (host: string) => void;
}

const MOST_REDIRECTS = 5;
const PORTS = [80, 443] as const;
/** Of a name's addresses, so many are tried. */
const MOST_ADDRESSES = 3;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Characters of an address, also of one to which a redirect leads. */
const LONGEST = 2_048;
const USER_AGENT = "Mozilla/5.0 (compatible; ConfabPreview/1.0)";

export function createSafeFetch(options: SafeFetchOptions = {}): Fetch {
  return async (url, { accept, most, patience, signal }, take) => {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const opened = await follow(url, options, { accept, most, signal: ending });
    try {
      const { status, type } = opened;
      return await take({ url: opened.url, status, type, body: opened.body() });
    } finally {
      opened.close();
    }
  };
}

async function follow(
  first: URL,
  options: SafeFetchOptions,
  { accept, most, signal }: { accept: string; most: number; signal: AbortSignal },
): Promise<Answered & { url: URL }> {
  const { userAgent = USER_AGENT, language, ca } = options;
  let url = first;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const isTrusted = options.trusts?.(url) === true;
    const port = portOf(url, isTrusted ? null : options.ports ?? PORTS);
    options.admit?.(url.hostname);
    const allows = isTrusted ? () => true : options.allows ?? isPublic;
    const addresses = await addressesOf(url, { ...options, allows }, signal);
    const headers = {
      host: url.host,
      "user-agent": userAgent,
      accept,
      // What is packed could be a thousand times as large: it is only unpacked if it comes so.
      "accept-encoding": "identity",
      ...(language === undefined ? {} : { "accept-language": language() }),
    };
    const opened = await openRequest({ url, addresses, port, headers, ca, most, signal });
    const { status, location } = opened;
    if (!REDIRECTS.includes(status) || location === null) return { ...opened, url };
    opened.close();
    url = redirected(location, url);
  }
  throw new FetchRefused("too many redirects");
}

function redirected(location: string, from: URL): URL {
  const url = location.length > LONGEST ? null : URL.parse(location, from);
  if (url === null) throw new FetchRefused("a redirect to no address");
  return url;
}

function portOf(url: URL, ports: readonly number[] | null): number {
  const { protocol, username, password } = url;
  if (protocol !== "https:" && protocol !== "http:") throw new FetchRefused("not of the web");
  if (username !== "" || password !== "") throw new FetchRefused("with a name or a password");
  const port = Number(url.port || (protocol === "https:" ? 443 : 80));
  if (ports !== null && !ports.includes(port)) throw new FetchRefused(`port ${port}`);
  return port;
}

/** One that is not public spoils all: which of them is connected to must not matter. */
async function addressesOf(
  { hostname }: URL,
  { resolve = systemResolve, allows }: SafeFetchOptions & { allows(address: string): boolean },
  signal: AbortSignal,
): Promise<string[]> {
  // The URL has brought 0x7f.1, 2130706433 and ①②⑦.0.0.1 into their one form.
  const host = hostname.replace(/^\[|\]$/g, "");
  const found = isIP(host) === 0 ? await untilAborted(resolve(host), signal) : [host];
  if (found.length === 0) throw new FetchRefused("a name without addresses");
  if (!found.every(allows)) throw new FetchRefused("not on the open internet");
  // Many servers have no way out by IPv6, and wait long until they notice.
  return found.toSorted((a, b) => isIP(a) - isIP(b)).slice(0, MOST_ADDRESSES);
}

async function systemResolve(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** A name server may take its time, and cannot be told to stop. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  return promise;
}
