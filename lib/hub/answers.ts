/**
 * Which chat command each client frame calls, and which part of the result goes into the ack. Chat
 * knows neither frames nor acks; frames that a connection answers by itself are in
 * `frame_handler.ts`.
 */
import type { CommandName, CommandResult } from "../chat/chat.ts";
import type { AckEvent, MessagePlace } from "../protocol/events.ts";
import type { FrameType } from "../protocol/frames.ts";
import type { Message } from "../protocol/messages.ts";

/** An ack without its `ref`. */
export type Ack = Omit<AckEvent, "type" | "ref">;

/** One command, whichever it is. */
export interface Answer {
  command: CommandName;
  /** Null if the client is only told about refusals. */
  ack: ((result: unknown) => Ack) | null;
}

function answer<Name extends CommandName>(
  command: Name,
  ack: ((result: CommandResult<Name>) => Ack) | null,
): Answer {
  // The table pairs each command with the ack of its own result; its users treat all alike.
  return { command, ack: ack as Answer["ack"] };
}

const nothing = (): Ack => ({});
const place = (message: Message): Ack => ({ message: placeOf(message) });

function placeOf({ id, room, seq, rev }: Message): MessagePlace {
  return { id, room, seq, rev };
}

/** Frames that the connection answers by itself. */
export type OwnFrame = "auth" | "sync" | "status" | "pong";

export const ANSWERS: Readonly<Record<Exclude<FrameType, OwnFrame>, Answer>> = {
  send: answer("sendMessage", ({ message, duplicate }) => ({
    message: { ...placeOf(message), ts: message.ts },
    duplicate,
  })),
  edit: answer("editMessage", place),
  delete: answer("deleteMessage", place),
  react: answer("react", place),
  read: answer("markRead", nothing),
  typing: answer("typing", null),
};
