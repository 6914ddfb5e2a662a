/**
 * Leases in a Redis or Valkey: a key for each node, which ends by itself, and a set of their names,
 * so that nobody has to search all keys. It does not know how one connects.
 */
import { LEASE_MS, type Leases } from "./leases.ts";

export interface RedisLeasesOptions {
  /** This node's name, unlike any other's. */
  node: string;
  /** What nodes have in common that belong together, and no others. */
  name: string;
  /** Runs a command. */
  command(...args: string[]): Promise<unknown>;
}

/** Digits of a version, in front of the text: a version is read without it. */
const DIGITS = 16;
const VERSION = new RegExp(`^\\d{${DIGITS}}$`);

export function createRedisLeases({ node, name, command }: RedisLeasesOptions): Leases {
  const nodes = `confab:${name}:nodes`;
  const keyOf = (each: string) => `confab:${name}:lease:${each}`;

  /** Null where it has ended, or holds what no node wrote. */
  async function read(each: string, known: number) {
    const head = String(await command("GETRANGE", keyOf(each), "0", String(DIGITS - 1)));
    if (!VERSION.test(head)) return null;
    if (Number(head) <= known) return { node: each, version: Number(head), text: null };
    // Version and text of one moment: it may have been renewed since.
    const whole = await command("GET", keyOf(each));
    if (typeof whole !== "string" || !VERSION.test(whole.slice(0, DIGITS))) return null;
    const version = Number(whole.slice(0, DIGITS));
    return { node: each, version, text: whole.slice(DIGITS) };
  }

  return {
    async renew(version, text) {
      const value = String(version).padStart(DIGITS, "0") + text;
      await Promise.all([
        command("SET", keyOf(node), value, "PX", String(LEASE_MS)),
        command("SADD", nodes, node),
      ]);
    },
    async read(known) {
      const named = await command("SMEMBERS", nodes) as string[]; // what SMEMBERS answers
      const leases = await Promise.all(named.map((each) => read(each, known.get(each) ?? -1)));
      const ended = named.filter((each, index) => leases[index] === null && each !== node);
      // A node that was only late names itself again.
      if (ended.length > 0) await command("SREM", nodes, ...ended);
      return leases.filter((lease) => lease !== null);
    },
    async release() {
      await Promise.all([command("DEL", keyOf(node)), command("SREM", nodes, node)]);
    },
  };
}
