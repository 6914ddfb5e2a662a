/** How far somebody has read, and where they were last. Schemas for the server. */
import * as field from "./fields.ts";

export const putLastRoom = field.object(() => ({ room: field.id }));
export const putRead = field.object(() => ({ seq: field.seq }));
