/**
 * A message on its way as the message that it will be, as far as it can be shown: its files have the
 * addresses of bytes that are here. Pure.
 */
import type { PendingMessage } from "../../client/model.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import { isDrawn } from "./drawn.ts";

/** Nothing on the server: neither a message nor a file has such an id. */
const NOWHERE = -1;

/** @param addresses of the files' bytes, by `local`, as far as they are known */
export function shownMessage(
  pending: PendingMessage,
  attachments: readonly Attachment[],
  addresses: ReadonlyMap<string, string>,
  author: Pick<User, "id" | "username">,
): Message {
  const { room, clientId, createdAt: ts, replyTo, thread = null } = pending;
  return {
    id: NOWHERE,
    room,
    seq: NOWHERE,
    rev: NOWHERE,
    userId: author.id,
    username: author.username,
    text: "",
    ts,
    clientId,
    editedAt: null,
    deletedAt: null,
    replyTo,
    thread,
    replies: null,
    reactions: {},
    files: attachments.map((one, at) =>
      shownFile(one, addresses.get(one.local) ?? "", NOWHERE - at)
    ),
    links: [],
    mentions: [],
  };
}

/** What cannot be drawn from its bytes here is a card, whatever it will be. */
function shownFile(attachment: Attachment, url: string, id: number): File {
  const { name, type, size, alt, width, height } = attachment;
  const isPicture = isDrawn(attachment) && url !== "" && width !== null && height !== null;
  return {
    id,
    name,
    type: isPicture ? type : "application/octet-stream",
    size,
    width: isPicture ? width : null,
    height: isPicture ? height : null,
    duration: null,
    url,
    thumbnail: isPicture ? url : null,
    alt,
    blur: null,
  };
}
