/** A thread beside the room: its messages, and where one writes in it. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { draftKey } from "../../client/draft.ts";
import type { LiveThread } from "../../client/threads_model.ts";
import { mayWrite } from "../../protocol/permissions.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { MessageFlow } from "../conversation/Conversation.tsx";
import { Composer } from "../conversation/Composer.tsx";
import { useDialogView } from "../dialog_view.ts";
import type { ThreadPane } from "../pane.ts";
import { KeptText } from "../room/KeptText.tsx";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { standing } from "../rights.ts";
import { titleOf, useView, ViewContext } from "../view.ts";
import { OnlyHere } from "./OnlyHere.tsx";
import { ThreadHeading, ThreadTools } from "./ThreadHeading.tsx";
import { threadView } from "./thread_view.ts";

export function ThreadPanel({ pane, room }: { pane: ThreadPane; room: MemberRoom }) {
  const { words } = useDialogView();
  const thread = useOpenThread(pane);
  const title = thread?.root.value?.replies?.title;
  return (
    <PaneFrame
      name="thread"
      label={title ?? words.threadPane.title}
      heading={<ThreadHeading room={room} root={thread?.root.value ?? null} />}
      tools={thread && <ThreadTools room={room} thread={thread} />}
    >
      {thread === null
        ? <p class="panel-note">{words.common.loading}</p>
        : <Open room={room} thread={thread} />}
    </PaneFrame>
  );
}

/** Opened with the pane and closed with it; another message of it is shown where it is open. */
function useOpenThread(pane: ThreadPane): LiveThread | null {
  const view = useView();
  const [thread, setThread] = useState<LiveThread | null>(null);
  const shown = useRef(pane);
  useEffect(() => {
    let close = () => {};
    let isHere = true;
    view.actions.openThread(pane.room, pane.root, pane.seq).then((opened) => {
      close = opened.actions.close;
      if (isHere) setThread(opened);
      else close();
    }, () => {
      view.toast.value = view.words.connection.unreachable;
      view.pane.value = null;
    });
    return () => {
      isHere = false;
      close();
    };
  }, []);
  useEffect(() => {
    if (thread === null || shown.current === pane) return;
    shown.current = pane;
    if (pane.seq !== undefined) thread.actions.showMessage(pane.seq).catch(() => {});
  }, [thread, pane]);
  return thread;
}

function Open({ room, thread }: { room: MemberRoom; thread: LiveThread }) {
  const view = useView();
  const { words, state } = useDialogView();
  const inThread = useMemo(() => threadView(view, thread), [view, thread]);
  const failed = thread.failed.value;
  if (failed !== null) {
    return (
      <div class="panel-note" role="alert">
        <p>
          {failed === "not_found" || failed === "forbidden"
            ? words.threadPane.missing
            : words.errors[failed]}
        </p>
        <button type="button" class="button small" onClick={thread.actions.retry}>
          {words.threadPane.again}
        </button>
      </div>
    );
  }
  const alone = thread.timeline.value?.loading === "none" &&
    thread.timeline.value.messages.length === 1 && thread.pending.value.length === 0;
  return (
    <>
      <ViewContext.Provider value={inThread}>
        <div class="conversation">
          <MessageFlow room={room} title={titleOf(view, room)} label={words.threadPane.list} />
        </div>
      </ViewContext.Provider>
      {alone && <p class="panel-note">{words.threadPane.first}</p>}
      {mayWrite(standing(state.me.value, room)) === "allowed"
        ? <Writing room={room} thread={thread} />
        : (
          <div class="archived-note">
            <p>{words.threadPane.readOnly}</p>
            <KeptText home={draftKey(room.id, thread.id)} />
          </div>
        )}
    </>
  );
}

function Writing({ room, thread }: { room: MemberRoom; thread: LiveThread }) {
  const view = useView();
  const [only, setOnly] = useState(false);
  const writing = useMemo(() => ({
    ...view,
    actions: {
      ...view.actions,
      send: (text: string, replyTo: number | null = null, _room?: number, alone?: boolean) =>
        thread.actions.send(text, replyTo, only, alone),
    },
  }), [view, thread, only]);
  const messages = thread.timeline.value?.messages ?? [];
  const open = { id: thread.id, messages, pending: thread.pending.value, only };
  return (
    <ViewContext.Provider value={writing}>
      <Composer key={thread.id} room={room} thread={open}>
        <OnlyHere on={only} change={setOnly} />
      </Composer>
    </ViewContext.Provider>
  );
}
