/**
 * Which rooms' messages stay loaded after the reader opens another room, and how many messages. It
 * must not know where messages come from.
 */
import { deleteIn, type EngineState, setIn } from "./state.ts";
import { type LoadedHistory, trimmed } from "./timeline.ts";

/** Rooms whose messages stay loaded. */
const CACHED_ROOMS = 10;
/** Messages kept of a room that is not open. */
const CACHED_MESSAGES = 100;

/** Makes the room the latest. */
export function touch({ histories }: Pick<EngineState, "histories">, room: number): void {
  const history = histories.peek().get(room);
  if (history === undefined) return;
  deleteIn(histories, room);
  setIn(histories, room, history);
}

/** Of all rooms but the open one, drops the oldest, and most of what is loaded of the others. */
export function evict(
  { histories, openRoom }: Pick<EngineState, "histories" | "openRoom">,
): void {
  const open = openRoom.peek();
  for (const [room, history] of histories.peek()) {
    if (room === open) continue;
    if (histories.peek().size > CACHED_ROOMS) deleteIn(histories, room);
    else if (isLong(history) && history.timeline.hasAfter) deleteIn(histories, room);
    else setIn(histories, room, trimmed(history, CACHED_MESSAGES));
  }
}

function isLong(history: LoadedHistory): boolean {
  return history.timeline.messages.length > CACHED_MESSAGES;
}
