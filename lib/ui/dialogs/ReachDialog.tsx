/**
 * Asks before a text mentions many people at once. Who of a room is online is counted first: where
 * they are few, nobody is asked.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import type { View } from "../view.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { MANY, type Reach, wideReach } from "./reaching.ts";

/** Members of larger rooms are not looked through for a question. */
const COUNTED = 1_000;
/** How long the question waits for the count, ms. */
const PATIENCE = 1_500;

export interface ReachDialogProps {
  room: number;
  text: string;
  /** What the message says until now, if it is an edit. */
  before: string;
  run: () => Promise<unknown> | void;
  onClose: () => void;
}

export function ReachDialog({ room, text, before, run, onClose }: ReachDialogProps) {
  const view = useDialogView();
  const { words } = view;
  const reach = useMemo(() => wideReach(view, room, text, before), []);
  const count = useCount(view, room, reach);
  useEffect(() => {
    if (count === null || count > MANY) return;
    onClose();
    void run();
  }, [count]);
  if (reach === null || count === null || count <= MANY) return null;
  const { askTitle, askHere, askRoom, mention } = words.groupMentions;
  return (
    <ConfirmDialog
      title={askTitle(count)}
      text={reach.group === "here" ? askHere(count) : askRoom(count)}
      action={mention}
      safe
      run={run}
      onClose={onClose}
    />
  );
}

/** How many it reaches; null until that is known, and 0 where nothing is to be asked. */
function useCount({ state, actions }: View, room: number, reach: Reach | null): number | null {
  const isCounted = reach?.group === "here" &&
    (state.rooms.peek().get(room)?.memberCount ?? 0) <= COUNTED;
  const [count, setCount] = useState(isCounted ? null : reach?.most ?? 0);
  useEffect(() => {
    if (!isCounted) return;
    const settle = (found: number) => setCount((known) => known ?? found);
    const timer = setTimeout(() => settle(reach.most), PATIENCE);
    actions.members(room).then((members) => {
      const me = state.me.peek().id;
      const presence = state.presence.peek();
      settle(members.filter(({ id }) => id !== me && presence.get(id) === "online").length);
    }, () => settle(reach.most));
    return () => clearTimeout(timer);
  }, []);
  return count;
}
