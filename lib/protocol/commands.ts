/**
 * What a client sends over the WebSocket: one frame is one of these objects.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import { LIMITS } from "./limits.ts";
import * as field from "./fields.ts";

/** Characters of a `ref`, counted in code points. */
export const REF_LENGTH = 64;

const ref = field.shortText(REF_LENGTH).optional();

/**
 * `{"ID": REV}`. JSON.parse makes `__proto__` an own key, which a record schema passes over. The
 * rooms are counted before they are looked at: each wrong one would be an error of its own.
 */
const revisions = z.lazy(() =>
  z.custom<Record<string, number>>(
    (value) => typeof value === "object" && value !== null && !Object.hasOwn(value, "__proto__"),
    { message: "must be an object of room ids", abort: true },
  ).refine(
    (rooms) => Object.keys(rooms).length <= LIMITS.syncRooms,
    `must name at most ${LIMITS.syncRooms} rooms`,
  ).pipe(z.record(z.string().regex(/^[1-9]\d{0,15}$/, "must be a room id"), field.seq))
);

export const COMMANDS = {
  auth: field.object(() => ({ type: z.literal("auth"), ref, token: field.shortText(4096) })),
  sync: field.object(() => ({ type: z.literal("sync"), ref, rooms: revisions })),
  send: field.object(() => ({
    type: z.literal("send"),
    ref,
    clientId: field.clientId,
    room: field.id,
    text: field.text,
    replyTo: field.id.nullish(),
    files: field.files.optional(),
  })),
  edit: field.object(() => ({ type: z.literal("edit"), ref, message: field.id, text: field.text })),
  delete: field.object(() => ({ type: z.literal("delete"), ref, message: field.id })),
  react: field.object(() => ({
    type: z.literal("react"),
    ref,
    message: field.id,
    emoji: field.emoji,
    on: z.boolean(),
  })),
  read: field.object(() => ({ type: z.literal("read"), ref, room: field.id, seq: field.seq })),
  typing: field.object(() => ({ type: z.literal("typing"), ref, room: field.id })),
  status: field.object(() => ({
    type: z.literal("status"),
    ref,
    status: z.enum(["online", "away"]),
  })),
  pong: field.object(() => ({ type: z.literal("pong"), ref })),
} as const;

export type CommandType = keyof typeof COMMANDS;
export type Command<T extends CommandType = CommandType> = z.output<(typeof COMMANDS)[T]>;
/** A command as a client writes it, before the server has trimmed and defaulted it. */
export type CommandInput<T extends CommandType = CommandType> = z.input<(typeof COMMANDS)[T]>;
