/** What Deno must allow for a connection to a PostgreSQL server. Loads no client. */
import { POSTGRES_VARIABLES, type PostgresAddress, showAddress, socketOf } from "./address.ts";

/** For `--allow-net`: this server alone. */
export function postgresPlace(address: PostgresAddress): string {
  const socket = socketOf(address);
  if (socket !== null) return `unix:${socket}`;
  return `${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}

/** For `--allow-read`. */
export function postgresFiles(address: PostgresAddress): string[] {
  const { authority, client } = address.tls;
  const files = authority === "system" ? [] : [authority.file];
  if (client !== null) files.push(client.certificate, client.key);
  const socket = socketOf(address);
  return socket === null ? files : [socket, ...files];
}

/** Asked in advance: on a terminal Deno would stop and prompt the operator. */
export async function mayReach(address: PostgresAddress): Promise<boolean> {
  const socket = socketOf(address);
  const wanted: Deno.PermissionDescriptor[] = [
    ...POSTGRES_ENVIRONMENT.map((variable) => ({ name: "env", variable }) as const),
    ...(socket === null
      ? [{ name: "net", host: postgresPlace(address) } as const]
      : [{ name: "read", path: socket } as const]),
  ];
  const states = await Promise.all(wanted.map((each) => Deno.permissions.query(each)));
  return states.every(({ state }) => state === "granted");
}

/** For an operator whose settings need more than was allowed. */
export function howToAllow(address: PostgresAddress): string {
  const socket = socketOf(address);
  const flags = `--allow-net=…,${postgresPlace(address)}` +
    (socket === null ? "" : ` --allow-read=.,${socket}`) +
    ` --allow-env=…,${POSTGRES_ENVIRONMENT.join(",")}`;
  return `Confab was not given permission to reach ${showAddress(address)}; "deno task start" ` +
    `grants what the settings need, else add ${flags}.`;
}

/** For `--allow-env`: those of the address, and those that the client looks at by itself. */
export const POSTGRES_ENVIRONMENT = [
  ...new Set(["PG*", "NODE_PG_FORCE_NATIVE", ...POSTGRES_VARIABLES]),
].filter((name) => name === "PG*" || !name.startsWith("PG"));
