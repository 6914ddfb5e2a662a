/**
 * What a client sends over the WebSocket: one frame is `{type, ref?, …}`, and the rest is the
 * operation's input. Schemas for the server; the browser imports the types only.
 */
import type * as z from "zod";
import * as field from "./fields.ts";
import { deleteMessage, editMessage, sendMessage } from "./messages.ts";
import { status } from "./presence.ts";
import { react } from "./reactions.ts";
import { markRead } from "./reading.ts";
import { sync } from "./sync.ts";
import { typing } from "./typing.ts";

/** Characters of a `ref`, counted in code points. */
export const REF_LENGTH = 64;

/** Ties an answer to its frame. */
export const reference = field.object(() => ({ ref: field.shortText(REF_LENGTH).optional() }));

/** What each type of frame carries besides `type` and `ref`. */
export const FRAMES = {
  auth: field.object(() => ({ token: field.shortText(4096) })),
  sync,
  send: sendMessage,
  edit: editMessage,
  delete: deleteMessage,
  react,
  read: markRead,
  typing,
  status,
  pong: field.nothing,
} as const;

export type FrameType = keyof typeof FRAMES;

type Input<Type extends FrameType> = z.input<(typeof FRAMES)[Type]>;

/** A frame as a client writes it, before the server has trimmed and defaulted it. */
export type FrameInput<Type extends FrameType = FrameType> = {
  [Each in Type]:
    & { type: Each; ref?: string | undefined }
    // The library's type for an object without fields allows no others, not even these two.
    & (string extends keyof Input<Each> ? unknown : Input<Each>);
}[Type];
