/** What an open thread is called, where it is, and what may be done with it. */
import type { LiveThread } from "../../client/threads_model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { useDialogView } from "../dialog_view.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { Name } from "../parts/Name.tsx";
import { attempt, titleOf, type View } from "../view.ts";
import { mayNameThread } from "./naming.ts";

export function ThreadHeading({ room, root }: { room: MemberRoom; root: Message | null }) {
  const view = useDialogView();
  const { words } = view;
  const title = root?.replies?.title;
  return (
    <div class="thread-heading">
      <h2>{title === undefined ? words.threadPane.title : <Name>{title}</Name>}</h2>
      {root && (
        <button
          type="button"
          class="thread-place"
          title={words.threadPane.toRoom}
          onClick={() => view.navigate({ room: room.id, seq: root.seq, jump: true })}
        >
          {words.threadPane.inRoom(titleOf(view, room))}
        </button>
      )}
    </div>
  );
}

async function follow({ actions }: View, thread: number, on: boolean): Promise<void> {
  await (await actions.threadCalls()).follow(thread, on);
}

export function ThreadTools({ room, thread }: { room: MemberRoom; thread: LiveThread }) {
  const view = useDialogView();
  const { words, dialog, state } = view;
  const root = thread.root.value;
  const { following } = thread.mark.value;
  const label = following ? words.threadPane.unfollow : words.threadPane.follow;
  const messages = thread.timeline.value?.messages ?? [];
  return (
    <>
      {root && mayNameThread(state.me.value, room, root, messages) && (
        <IconButton
          icon="edit"
          label={root.replies?.title ? words.threadPane.rename : words.threadPane.name}
          title={root.replies?.title ? words.threadPane.rename : words.threadPane.name}
          onClick={() => dialog.value = { kind: "threadTitle", root }}
        />
      )}
      <button
        type="button"
        class={following ? "icon-button following" : "icon-button"}
        aria-label={words.threadPane.follow}
        aria-pressed={following ? "true" : "false"}
        title={label}
        onClick={() => void attempt(view, () => follow(view, thread.id, !following))}
      >
        <AnyIcon name="bell" />
      </button>
    </>
  );
}
