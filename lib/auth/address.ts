/**
 * Where a request comes from: the client's address and scheme, seen through trusted proxies.
 * Pure: facts in, answer out. It must not know any HTTP library.
 *
 * Anybody can write `X-Forwarded-For`; only what our own proxies appended is true. So hops are
 * counted from the end, and with `trustProxy` 0 the header is not read at all.
 */

export interface Hop {
  /** The connection's peer address; `null` if it has none (a Unix socket). */
  peer: string | null;
  /** `X-Forwarded-For`, all its lines joined with commas. */
  forwardedFor: string | null;
  /** How many proxies in front of this server are ours. */
  trustProxy: number;
}

/** The client's address in its shortest form, without port or zone; "unknown" without any. */
export function clientAddress({ peer, forwardedFor, trustProxy }: Hop): string {
  const own = parseAddress(peer ?? "") ?? "unknown";
  if (trustProxy < 1 || forwardedFor === null) return own;
  const claimed = fromTheEnd(forwardedFor, trustProxy);
  return parseAddress(claimed) ?? own;
}

/** The client's scheme, from `X-Forwarded-Proto`, trusted in the same way. */
export function clientScheme(
  facts: { own: "http" | "https"; forwardedProto: string | null; trustProxy: number },
): "http" | "https" {
  if (facts.trustProxy < 1 || facts.forwardedProto === null) return facts.own;
  const claimed = fromTheEnd(facts.forwardedProto, facts.trustProxy).toLowerCase();
  return claimed === "http" || claimed === "https" ? claimed : facts.own;
}

/**
 * What counts as one client when counting attempts: an IPv4 address, or an IPv6 /64, the smallest
 * network providers assign, in which one machine has 2^64 addresses.
 */
export function addressBlock(address: string): string {
  return isIpv6(address) ? `${ipv6Groups(address).slice(0, 4).join(":")}::/64` : address;
}

/** An address's network, as large as one customer's: an IPv4 /24, an IPv6 /48. */
export function addressNetwork(address: string): string {
  if (isIpv6(address)) return `${ipv6Groups(address).slice(0, 3).join(":")}::/48`;
  return address.replace(/\.\d+$/, ".0/24");
}

/** An address's region, one of about 250: an IPv4 /8, an IPv6 /8. */
export function addressRegion(address: string): string {
  if (!isIpv6(address)) return address.replace(/^(\d+)\..*$/, "$1/8");
  return `${ipv6Groups(address)[0]!.padStart(4, "0").slice(0, 2)}00::/8`;
}

/** The `hops`th item from the end; the first if there are fewer. */
function fromTheEnd(list: string, hops: number): string {
  const items = list.split(",");
  return items[Math.max(0, items.length - hops)]!.trim();
}

/** Reads `1.2.3.4`, `1.2.3.4:567`, `::1`, `[::1]:567`, `fe80::1%eth0`, with or without quotes. */
function parseAddress(written: string): string | null {
  const text = written.trim().replace(/^"(.*)"$/, "$1");
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ??
    /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, "");
  if (isIpv6(address)) return canonicalIpv6(address);
  return IPV4.test(address) ? address : null;
}

// node:net has these two as well, but would add 40 ms to every start.

/** Dotted decimal without leading zeros, which some programs read as octal. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function isIpv6(address: string): boolean {
  // Each request asks, most of them from an IPv4 address: the URL parser costs as much as a lookup.
  return address.includes(":") && /^[\da-f:.]+$/i.test(address) &&
    URL.canParse(`http://[${address}]`);
}

/** RFC 5952 form; an IPv4 address mapped into IPv6 is the IPv4 address. */
function canonicalIpv6(address: string): string {
  const groups = ipv6Groups(address);
  const [high, low] = [parseInt(groups[6]!, 16), parseInt(groups[7]!, 16)];
  if (groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff") {
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** The eight groups of a valid IPv6 address, without leading zeros. */
function ipv6Groups(address: string): string[] {
  // The URL parser knows every way to write one, an IPv4 tail among them.
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = shortest.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  return [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
}
