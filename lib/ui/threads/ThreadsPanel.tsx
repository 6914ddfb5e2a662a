/** One's threads of all rooms: those that one follows. */
import { useState } from "preact/hooks";
import type { ThreadItem } from "../../protocol/threads.ts";
import { useDialogView } from "../dialog_view.ts";
import { useListing } from "../parts/listing.ts";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { ThreadList } from "./ThreadList.tsx";

export function ThreadsPanel() {
  const { words, actions, state } = useDialogView();
  const [unread, setUnread] = useState(false);
  const list = useListing<ThreadItem, string>(
    async (before) => {
      const { threads, next } = await (await actions.threadCalls()).own(unread, before);
      return { items: threads, next };
    },
    String(unread),
    [state.freshThreads.value],
  );
  return (
    <PaneFrame
      name="threads"
      label={words.thread.mine}
      heading={<h2>{words.thread.mine}</h2>}
    >
      <div class="thread-filter" role="group" aria-label={words.threadPane.filter}>
        {[false, true].map((value) => (
          <button
            key={String(value)}
            type="button"
            aria-pressed={unread === value ? "true" : "false"}
            onClick={() => setUnread(value)}
          >
            {value ? words.threadPane.mineNew : words.threadPane.mineAll}
          </button>
        ))}
      </div>
      <ThreadList
        label={words.thread.mine}
        list={list}
        none={unread ? words.threadPane.noneNew : words.threadPane.none}
        withRoom
      />
    </PaneFrame>
  );
}
