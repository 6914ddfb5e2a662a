/**
 * Whether a voice message was heard: somebody else's by the reader, the reader's own of a direct room
 * by somebody else. It must not know what a player looks like.
 */
import { useEffect } from "preact/hooks";
import type { FileCalls } from "../../client/files_model.ts";
import type { Message } from "../../protocol/messages.ts";
import { useView, type View } from "../view.ts";

/** False where it is known not to be; null where nobody knows, or nobody may. */
export function useHeard(
  { id, room, userId }: Pick<Message, "id" | "room" | "userId">,
): boolean | null {
  const view = useView();
  const { state } = view;
  const isOwn = userId === state.me.value.id;
  const asks = id > 0 && (!isOwn || state.rooms.value.get(room)?.kind === "direct");
  const heard = state.heard.value.get(id);
  const isKnown = heard !== undefined;
  const online = state.connection.value.state === "online";
  useEffect(() => {
    if (asks && !isKnown && online) {
      void callsOf(view).then((calls) => calls.askHeard([id])).catch(() => {});
    }
  }, [id, asks, isKnown, online]);
  return asks ? heard ?? null : null;
}

/** The reader listens to it now. */
export function hear(view: View, message: number): void {
  const { state } = view;
  const found = state.timeline.peek()?.messages.find(({ id }) => id === message);
  if (found?.userId === state.me.peek().id) return;
  void callsOf(view).then((calls) => calls.hear(message)).catch(() => {});
}

/** One for all players of the page, so that they ask together. */
function callsOf(view: View): Promise<FileCalls> {
  const before = view.fetched.get(callsOf) as Promise<FileCalls> | undefined;
  if (before !== undefined) return before;
  const made = view.actions.fileCalls();
  view.fetched.set(callsOf, made);
  made.catch(() => view.fetched.delete(callsOf));
  return made;
}
