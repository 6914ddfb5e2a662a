/** What is told of the replies of one call: each, then its root with one reply more. */
import type { OwnThread } from "../changes.ts";
import type { NewMessage } from "../contract/messages.ts";
import { newMessage } from "../operations/parts/new_message.ts";
import { withReply } from "../operations/parts/replying.ts";
import { toMessage } from "../operations/parts/rows.ts";
import { rootChanges, sent } from "../operations/parts/sent.ts";
import type { Result, Written } from "../operations/operation.ts";
import type { SendAnswer, SendAnswers } from "./send_call.ts";

type Sent = Result<"sendMessage">;
type Message = Sent["message"];

export class SentReplies {
  /** As the replies so far have left them. */
  readonly #roots: Map<number, Message>;
  readonly #states = new Map<number, OwnThread[]>();
  /** Of each thread the place of the last reply, with which its people are told. */
  readonly #last = new Map<number, number>();

  constructor({ each, roots, states }: SendAnswers) {
    this.#roots = new Map(roots.map((row) => [row.id, toMessage(row)]));
    for (const [root, userId, readSeq, fresh] of states) {
      const state = { userId, following: true, readSeq, fresh: fresh === 1 };
      this.#states.set(root, [...this.#states.get(root) ?? [], state]);
    }
    for (const { thread, seq } of each) if (thread !== null) this.#last.set(thread, seq);
  }

  /** To be called for one after the other, in their order. */
  next(
    input: NewMessage,
    username: string,
    answer: SendAnswer & { thread: number },
  ): Written<Sent> {
    const { thread, access } = answer;
    const message = newMessage(input, { ...answer, username }, thread);
    const root = withReply(this.#roots.get(thread)!, message); // every reply's root is answered
    this.#roots.set(thread, root);
    const isLast = this.#last.get(thread) === message.seq;
    const states = isLast ? this.#states.get(thread) ?? [] : [];
    const { result, changes } = sent(message, access);
    return { result, changes: [...changes, ...rootChanges(root, access, states)] };
  }
}
