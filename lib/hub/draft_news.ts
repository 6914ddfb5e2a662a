/** Tells somebody's connections of their own draft, as it reads when they are told. */
import type { Change } from "../chat/notice.ts";
import type { DraftEvent } from "../protocol/events.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";

export async function tellDraft(
  hub: HubState,
  { userId, room, thread }: Extract<Change, { type: "draft" }>,
  connections: Iterable<Connection>,
): Promise<void> {
  const told = [...connections];
  // Mostly somebody writes on one device, and here on none.
  if (told.length === 0) return;
  const draft = await hub.draftOf(userId, room, thread);
  if (draft === "unknown") return;
  const none = { room, thread, text: "", replyTo: null, target: null, at: 0 };
  const event: DraftEvent = { type: "draft", ...(draft ?? none) };
  for (const connection of told) if (connection.phase === "live") connection.push(event);
}
