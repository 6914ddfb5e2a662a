/** Threads one below the other: what each is about, what came last, what is new in it. */
import type { Message } from "../../protocol/messages.ts";
import type { ThreadItem } from "../../protocol/threads.ts";
import { badgeCount } from "../catalogue/numbers.ts";
import { SaidInALine } from "../files/SaidInALine.tsx";
import { formatAgo } from "../ago.ts";
import { useDialogView } from "../dialog_view.ts";
import { authorName, plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import type { Listing } from "../parts/listing.ts";
import { Name } from "../parts/Name.tsx";
import { TryAgain } from "../parts/TryAgain.tsx";
import { titleOf } from "../view.ts";

export interface ThreadListProps {
  label: string;
  list: Listing<ThreadItem>;
  /** Said where there is none. */
  none: string;
  /** They are of several rooms. */
  withRoom?: boolean;
}

export function ThreadList({ label, list, none, withRoom = false }: ThreadListProps) {
  const { words } = useDialogView();
  const { items, error, again, more } = list;
  if (items === null && error) return <TryAgain error={error} again={again} />;
  if (items === null) return <p class="panel-note" role="status">{words.common.loading}</p>;
  if (items.length === 0) return <p class="panel-note">{none}</p>;
  return (
    <div class="thread-scroll">
      <ul class="thread-list" aria-label={label}>
        {items.map((item) => (
          <li key={item.root.id}>
            <Row item={item} withRoom={withRoom} />
          </li>
        ))}
      </ul>
      {Boolean(error) && <TryAgain error={error} again={again} />}
      {more && !error && (
        <button type="button" class="link-button" onClick={more}>{words.threadPane.more}</button>
      )}
    </div>
  );
}

function Row({ item, withRoom }: { item: ThreadItem; withRoom: boolean }) {
  const view = useDialogView();
  const { words, state, language, clock, minute } = view;
  const { root, unread, last } = item;
  const room = state.rooms.value.get(root.room);
  const replies = root.replies;
  const at = replies?.lastTs ?? root.ts;
  const now = minute.value;
  const author = state.users.value.get(root.userId);
  function open() {
    if (state.openRoom.peek() !== root.room) view.navigate({ room: root.room });
    view.pane.value = { kind: "thread", room: root.room, root: root.id };
  }
  return (
    <button type="button" class={unread > 0 ? "thread-row fresh" : "thread-row"} onClick={open}>
      <Avatar
        id={root.userId}
        name={author === undefined ? root.username : plainName(author)}
        picture={author?.avatar ?? null}
        size="small"
      />
      <span class="thread-row-body">
        <span class="thread-row-top">
          <span class="thread-row-title">
            <bdi>{replies?.title ?? <TextOf message={root} />}</bdi>
          </span>
          {now !== null && (
            <span class="time">
              {now - at < 60_000
                ? words.threadPane.justNow
                : formatAgo(at, { ...clock.value, now }, language, words.dates)}
            </span>
          )}
        </span>
        {last && (
          <span class="thread-row-last">
            <Name>{authorName(state.users.value, last)}</Name>:{" "}
            <bdi>
              <TextOf message={last} />
            </bdi>
          </span>
        )}
        <span class="thread-row-about">
          {withRoom && room && <Name>{titleOf(view, room)}</Name>}
          {withRoom && room && " · "}
          {words.threadPane.replies(replies?.count ?? 0)}
        </span>
      </span>
      {unread > 0 && (
        <span class="badge">
          <span aria-hidden="true">{badgeCount(unread)}</span>
          <span class="hidden">{words.threadPane.newReplies(badgeCount(unread), unread)}</span>
        </span>
      )}
    </button>
  );
}

function TextOf({ message }: { message: Message }) {
  const { words } = useDialogView();
  return (
    <>{message.deletedAt === null ? <SaidInALine said={message} /> : words.threadPane.deleted}</>
  );
}
