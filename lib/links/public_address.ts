/**
 * Which addresses are on the open internet: a link in a message must not make this server ask its
 * own machine, its network or a cloud's keeper of secrets. It knows no names and no connections.
 */
import ipaddr from "ipaddr.js";

/**
 * Azure's own service for each machine there, which tells what it is set up with: its address is a
 * public one by its range.
 */
const HOSTS_KEEPER = "168.63.129.16";

/**
 * Only what is known to be public: all else, as what can carry another address inside it (mapped,
 * translated, 6to4, Teredo), is refused.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString() !== HOSTS_KEEPER;
  // RFC 4291: what is given out to anybody is in 2000::/3.
  const [first, , , , , fifth] = parsed.parts;
  return (first! & 0xe000) === 0x2000 && fifth !== 0x5efe; // ISATAP has an IPv4 address behind it
}
