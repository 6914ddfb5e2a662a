/** Tells who came and went, gathered for a while: a restart brings thousands in one second. */
import type { PresenceStatus } from "../protocol/objects.ts";
import type { Connection } from "./connection.ts";
import type { HubState } from "./state.ts";

/** Milliseconds for which changes of presence are gathered. */
export const PRESENCE_MS = 1_000;

type Changes = Record<string, PresenceStatus>;

/** One event for everybody, encoded once; guests hear only of the people they may see. */
export function tellPresence(hub: HubState): void {
  const changed = hub.presence.takeChanges();
  if (changed === null) return;
  const text = JSON.stringify({ type: "presence", users: changed });
  for (const connection of hub.connections) {
    if (connection.phase !== "live") continue;
    if (connection.people === null) connection.pushText(text);
    else tellGuest(connection, connection.people, changed);
  }
}

function tellGuest(connection: Connection, people: ReadonlySet<number>, changed: Changes): void {
  const users = Object.fromEntries(
    Object.entries(changed).filter(([id]) => people.has(Number(id))),
  );
  if (Object.keys(users).length > 0) connection.push({ type: "presence", users });
}
