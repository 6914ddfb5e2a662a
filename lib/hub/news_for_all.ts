/** What everybody is told, whichever rooms they are in: what staff have set, custom emoji. */
import type { EmojiEvent, WorkspaceEvent } from "../protocol/events.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";

/** One that is still loading gets it replayed, or reads what holds when it begins. */
export function tellAll(
  connections: Iterable<Connection>,
  event: EmojiEvent | WorkspaceEvent,
): void {
  const text = JSON.stringify(event);
  for (const connection of connections) {
    if (connection.phase === "live") connection.pushText(text);
  }
}

/** Whoever keeps it in memory has heard of the change before. */
export function tellWorkspace(hub: HubState): void {
  tellAll(hub.connections, { type: "workspace", ...hub.here() });
}
