/** What is told of a message that was sent, and in how few words it can be said across a thread. */
import type { Message } from "../../../protocol/messages.ts";
import type { Change, OwnThread } from "../../changes.ts";
import type { NewMessage } from "../../contract/messages.ts";
import type { Brief, Result, Written } from "../operation.ts";
import { newMessage, type StoredFields } from "./new_message.ts";
import type { Joined } from "./showing.ts";
import { threadChange } from "./thread_marks.ts";

type Sent = Result<"sendMessage">;

export function sent(
  message: Message,
  access: number,
  shown: readonly Joined[] = [],
): Written<Sent> {
  const { room, rev } = message;
  return {
    result: { message, duplicate: false },
    changes: [...shown, { type: "message", room, rev, access, message }],
  };
}

/**
 * What a reply did. `base`: its root as it was when it was read, one and the same object for all the
 * replies of a transaction, so that it crosses a thread once for all of them.
 */
export interface Replied extends Written<Sent> {
  base: Message;
}

/** Of a reply: its root as it stands behind it, and whose state of the thread has changed. */
export function rootChanges(root: Message, access: number, states: OwnThread[]): Change[] {
  const { id, room, rev } = root;
  const changed: Change = { type: "message", room, rev, access, message: root };
  return [changed, ...threadChange({ root: id, room }, states)];
}

/** What is told of a message; the sender gave the rest. */
export type BriefMessage = StoredFields & { access: number };

type BriefReply = BriefMessage & {
  root: Pick<Message, "rev" | "replies"> & { base: Message; states: OwnThread[] };
};

export const inBrief: Brief<NewMessage, Sent> = {
  shorten(written: Written<Sent> | Replied) {
    const { result, changes: [first, second, third] } = written;
    const plain = written.changes.length === 1;
    if (result.duplicate || first?.type !== "message") return written;
    if (plain) return brief(result.message, first.access);
    if (second?.type !== "message" || !("base" in written)) return written;
    const states = third?.type === "thread" ? third.states : [];
    const { rev, replies } = second.message;
    const root = { base: written.base, rev, replies, states };
    return { ...brief(result.message, first.access), root } satisfies BriefReply;
  },
  // The cast: `shorten` made it, and it has crossed a thread.
  restore(input, short) {
    const known = short as Written<Sent> | BriefMessage | BriefReply;
    if ("result" in known) return known;
    if (!("root" in known)) return sent(newMessage(input, known), known.access);
    const { access, root: { base, rev, replies, states } } = known;
    const root = { ...base, rev, replies };
    const { result, changes } = sent(newMessage(input, known, root.id), access);
    return { result, changes: [...changes, ...rootChanges(root, access, states)] };
  },
};

function brief(message: Message, access: number): BriefMessage {
  const { id, seq, username, mentions, mentionsAll, files } = message;
  const short: BriefMessage = { id, seq, username, mentions, access };
  if (mentionsAll) short.mentionsAll = mentionsAll;
  if (files.length > 0) short.files = files;
  return short;
}
