/**
 * What is out of sight, and how to get there: to the first unread message, to the end, back again.
 */
import type { RefObject } from "preact";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Icon } from "../parts/Icon.tsx";
import { useDialogView } from "../dialog_view.ts";
import { attempt } from "../view.ts";
import { useEndOnSend } from "./arriving.ts";
import type { PlaceKeeper } from "./place_keeper.ts";

export interface CatchUpProps {
  room: MemberRoom;
  place: PlaceKeeper;
  /** How many messages were on their way when the conversation was opened. */
  before: RefObject<number>;
}

export function CatchUp({ room, place, before }: CatchUpProps) {
  const view = useDialogView();
  const { words, actions, state } = view;
  useEndOnSend(place, before);
  const { unread } = room.membership;
  // The count ends here.
  const count = unread < state.limits.value.unreadCount ? String(unread) : `${unread}+`;
  const above = place.unread.value === "above";
  const away = place.away.value;
  const left = place.left.value !== null;
  /** To the unread messages if they are out of sight, otherwise to the end. */
  const onward = () => place.unread.peek() === "below" ? actions.showUnread() : place.toNewest();
  return (
    <>
      {above && (
        <div class="catch-up at-top">
          <button
            type="button"
            class="pill"
            onClick={() => void attempt(view, actions.showUnread)}
          >
            <Icon name="send" />
            <span>{words.catchUp.newAbove(count, unread)}</span>
          </button>
          <MarkAllRead />
        </div>
      )}
      {(away || left) && (
        <div class="catch-up">
          {left && (
            <button
              type="button"
              class="pill"
              onClick={() => view.navigate({ room: room.id }, "replace")}
            >
              <Icon name="reply" />
              <span>{words.catchUp.backToPlace}</span>
            </button>
          )}
          {away && unread > 0 && !above && <MarkAllRead />}
          {away && (
            <button
              type="button"
              class="pill"
              title={words.catchUp.toNewest}
              onClick={() => void attempt(view, onward)}
            >
              {unread > 0 && !above
                ? <span>{words.catchUp.newCount(count, unread)}</span>
                : <span class="hidden">{words.catchUp.toNewest}</span>}
              <AnyIcon name="down" />
            </button>
          )}
        </div>
      )}
    </>
  );
}

function MarkAllRead() {
  const { words, actions } = useDialogView();
  return (
    <button type="button" class="pill" onClick={() => actions.markAllRead()}>
      <Icon name="check" />
      <span>{words.catchUp.markAllRead}</span>
    </button>
  );
}
