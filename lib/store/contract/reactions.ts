/** Reactions to messages. */
import type { Message } from "../../protocol/messages.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Reactions {
  /** Reacting twice with the same emoji changes nothing and returns the same. */
  react(
    input: { userId: number; message: number; emoji: string; on: boolean; now: Timestamp },
  ): Promise<Message>;
}
