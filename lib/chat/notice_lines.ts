/**
 * How notices are written for other nodes: a line of JSON each. A message's line is headed by what a
 * node must know to deliver it, so that nobody reads the rest again: its text goes out as it came.
 *
 *     m ROOM REV ACCESS {"type":"message",…}
 *
 * Nodes of two versions talk while one replaces the other: a line may gain fields, but no meaning.
 */
import type { Message } from "../protocol/messages.ts";
import { type MessageNotice, messageText, type Notice } from "./notice.ts";

/** For `lib/bus/carried.ts`. */
export const NOTICE_LINES = { write: writeNotice, read: readNotice, brief: briefNotice };

function writeNotice(notice: Notice): string {
  if (notice.type !== "message") return JSON.stringify(notice);
  return `m ${notice.room} ${notice.rev} ${notice.access} ${messageText(notice)}`;
}

/** `null` for what this version does not know. Throws for what no node writes. */
function readNotice(line: string): Notice | null {
  if (line.startsWith("m ")) return readMessage(line);
  const notice = JSON.parse(line);
  return typeof notice?.type === "string" ? notice : null;
}

/** Where a message is too long to be carried, others are told to look; the rest always fits. */
function briefNotice(notice: Notice): Notice | null {
  if (notice.type !== "message") return null;
  const { room, rev, access } = notice;
  return { type: "moved", room, rev, access };
}

function readMessage(line: string): MessageNotice {
  const room = line.indexOf(" ", 2);
  const rev = line.indexOf(" ", room + 1);
  const access = line.indexOf(" ", rev + 1);
  return new HeardMessage(
    whole(line.slice(2, room)),
    whole(line.slice(room + 1, rev)),
    whole(line.slice(rev + 1, access)),
    line.slice(access + 1),
  );
}

function whole(text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isSafeInteger(value)) throw new Error("No number of a message.");
  return value;
}

/** A message that another node stored. */
class HeardMessage implements MessageNotice {
  readonly type = "message";
  readonly heard = true;

  constructor(
    readonly room: number,
    readonly rev: number,
    readonly access: number,
    readonly text: string,
  ) {}

  /** Read only if somebody asks: nobody does who just delivers it. */
  get message(): Message {
    return JSON.parse(this.text).message;
  }
}
