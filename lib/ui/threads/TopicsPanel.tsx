/** A room's topics: its threads with a title, and what is new in each. */
import type { Message } from "../../protocol/messages.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { ThreadItem } from "../../protocol/threads.ts";
import { useDialogView } from "../dialog_view.ts";
import { useListing } from "../parts/listing.ts";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { titleOf } from "../view.ts";
import { ThreadList } from "./ThreadList.tsx";

export function TopicsPanel({ room }: { room: MemberRoom }) {
  const view = useDialogView();
  const { words, actions, state } = view;
  const list = useListing<ThreadItem, number>(
    async (before) => {
      const { topics, next } = await (await actions.threadCalls()).topics(room.id, before);
      return { items: topics, next };
    },
    String(room.id),
    [state.freshThreads.value, titlesIn(state.timeline.value?.messages ?? [])],
  );
  return (
    <PaneFrame
      name="topics"
      label={words.thread.topics}
      heading={
        <div class="thread-heading">
          <h2>{words.thread.topics}</h2>
          <p class="thread-place">{words.threadPane.inRoom(titleOf(view, room))}</p>
        </div>
      }
    >
      <ThreadList label={words.thread.topics} list={list} none={words.threadPane.noTopics} />
    </PaneFrame>
  );
}

/** Changes when a title is given or taken, or something is said below one, as far as is loaded. */
function titlesIn(messages: readonly Message[]): string {
  return messages.filter(({ replies }) => replies?.title !== undefined)
    .map(({ id, rev }) => `${id} ${rev}`).join();
}
