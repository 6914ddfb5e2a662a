/** What the sequence asks of its surroundings. Only types. */
import type { MessageNotice } from "../../chat/notice.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { NodesCounts } from "../../metrics/counts.ts";
import type { Changes } from "../../protocol/sync.ts";

export interface SequenceOptions {
  deliver(notice: MessageNotice): void;
  /** Too many messages are missing for a page: the members have to be told to ask. */
  skipped(room: number): void;
  /** Looks at the durable events (`Tail.look`), and how many looks have begun. */
  look(): Promise<boolean>;
  looks(): number;
  isOpen(): boolean;
  read(room: number, since: number): Promise<Changes>;
  loop: Pick<EventLoop, "after">;
  counts: NodesCounts;
}
