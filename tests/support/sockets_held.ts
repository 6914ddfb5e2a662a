/** What the system knows of TCP connections on this machine. */

/**
 * How many connections somebody holds open at this port. Asked of the system: a client that is told
 * of an end too late, or never, says nothing of the proxy.
 */
export async function heldAt(port: number): Promise<number> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const established = new RegExp(`^ *\\d+: [0-9A-F]+:${hex} [0-9A-F:]+ 01 `, "gm");
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => Deno.readTextFile(`/proc/net/${name}`)),
  );
  return tables.join("").match(established)?.length ?? 0;
}
