/** How far somebody has read, and where they were last. Schemas for the server. */
import * as field from "./fields.ts";

export const markRead = field.object(() => ({ room: field.id, seq: field.seq }));
/** `seq`: of the first message that is to be unread. */
export const markUnread = field.object(() => ({ room: field.id, seq: field.seq }));
export const rememberRoom = field.inRoom;
