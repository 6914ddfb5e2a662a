/** What Deno must allow for a connection to a PostgreSQL server. Loads no client. */
import { SYSTEM_AUTHORITIES } from "../authorities.ts";
import { POSTGRES_VARIABLES, type PostgresAddress, showAddress, socketOf } from "./address.ts";

/** For `--allow-net`: this server alone. */
export function postgresPlace(address: PostgresAddress): string {
  const socket = socketOf(address);
  if (socket !== null) return `unix:${socket}`;
  return `${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}

/** For `--allow-read`. */
export function postgresFiles({ tls: { mode, authority, client } }: PostgresAddress): string[] {
  const own = client === null ? [] : [client.certificate, client.key];
  if (!mode.startsWith("verify-")) return own;
  return [...authority === "system" ? SYSTEM_AUTHORITIES : [authority.file], ...own];
}

/** For `--allow-read` and `--allow-write`. */
export function postgresSocket(address: PostgresAddress): string[] {
  const socket = socketOf(address);
  return socket === null ? [] : [socket];
}

/** Asked in advance: on a terminal Deno would stop and prompt the operator. */
export async function mayReach(address: PostgresAddress): Promise<boolean> {
  const sockets = postgresSocket(address);
  const wanted = [
    ...POSTGRES_ENVIRONMENT.map((variable) => ({ name: "env", variable })),
    ...sockets.flatMap((path) => [{ name: "read", path }, { name: "write", path }]),
    ...(sockets.length > 0 ? [] : [{ name: "net", host: postgresPlace(address) }]),
  ] as Deno.PermissionDescriptor[]; // the cast: the compiler widens each name to a string
  const states = await Promise.all(wanted.map((each) => Deno.permissions.query(each)));
  return states.every(({ state }) => state === "granted");
}

/** For an operator whose settings need more than was allowed. */
export function howToAllow(address: PostgresAddress): string {
  const flags = [
    `--allow-net=…,${postgresPlace(address)}`,
    ...postgresSocket(address).flatMap((
      path,
    ) => [`--allow-read=.,${path}`, `--allow-write=${path}`]),
    `--allow-env=…,${POSTGRES_ENVIRONMENT.join(",")}`,
  ];
  return `Confab was not given permission to reach ${showAddress(address)}; "deno task start" ` +
    `grants what the settings need, else add ${flags.join(" ")}.`;
}

/** For `--allow-env`: those of the address, and those that the client looks at by itself. */
export const POSTGRES_ENVIRONMENT = [
  ...new Set(["PG*", "NODE_PG_FORCE_NATIVE", ...POSTGRES_VARIABLES]),
].filter((name) => name === "PG*" || !name.startsWith("PG"));
