/**
 * What a message in the room says of a thread: below a thread's first message who replied and when,
 * beside a reply the way to its thread. It must not know what a thread looks like when it is open.
 */
import type { Message } from "../../protocol/messages.ts";
import { plainName } from "../names.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { useView } from "../view.ts";
import { useTabIndex } from "./active.ts";
import { loadRest } from "./load_rest.ts";
import { Quote, type QuoteProps } from "./Quote.tsx";

/** As many as one takes in at a glance. */
export const FACES = 3;

/** "5 replies, last 3 minutes ago" */
export function ThreadLine({ message }: { message: Message }) {
  const { state, words, pane } = useView();
  const tabIndex = useTabIndex();
  const replies = message.replies!;
  const fresh = state.freshThreads.value.has(message.id);
  const { value: open } = pane;
  const isOpen = open?.kind === "thread" && open.root === message.id;
  return (
    <button
      type="button"
      class={fresh ? "thread-line fresh" : "thread-line"}
      tabIndex={tabIndex}
      aria-expanded={isOpen ? "true" : "false"}
      onClick={() => {
        pane.value = isOpen ? null : { kind: "thread", room: message.room, root: message.id };
      }}
    >
      {replies.users.slice(0, FACES).map((id) => <Face key={id} id={id} />)}
      {replies.title && <Name class="thread-title">{replies.title}</Name>}
      <span>
        {words.thread.replies(replies.count)}
        {replies.count > 0 && <Last at={replies.lastTs} />}
      </span>
      {fresh && <span class="thread-new">{words.thread.fresh}</span>}
    </button>
  );
}

function Face({ id }: { id: number }) {
  const user = useView().state.users.value.get(id);
  return (
    <Avatar
      id={id}
      name={user === undefined ? "" : plainName(user)}
      picture={user?.avatar ?? null}
      size="small"
    />
  );
}

/** Once the page is awake and idle: until then nobody knows how long ago it was. */
function Last({ at }: { at: number }) {
  const rest = useAtRest(loadRest, false);
  return rest && <rest.LastReply at={at} />;
}

/** What a message answers, and where: in the thread's own views its first message goes without saying. */
export function ReplyLine({ message, ...quote }: { message: Message } & QuoteProps) {
  const { words, thread } = useView();
  if (message.replyTo === null) return null;
  return (
    <div class="reply-line">
      {message.replyTo !== thread && <Quote {...quote} />}
      {thread === null
        ? message.thread && <InThread message={message} />
        : message.threadOnly && <span class="thread-only">{words.thread.only}</span>}
    </div>
  );
}

function InThread({ message }: { message: Message }) {
  const { words, pane } = useView();
  const tabIndex = useTabIndex();
  return (
    <button
      type="button"
      class="in-thread"
      aria-label={words.thread.open}
      title={words.thread.open}
      tabIndex={tabIndex}
      onClick={() => {
        const { room, thread, seq } = message;
        pane.value = { kind: "thread", room, root: thread!, seq };
      }}
    >
      <Icon name="thread" />
    </button>
  );
}
