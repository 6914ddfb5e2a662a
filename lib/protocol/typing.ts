/** The sign that somebody is writing. Schemas for the server. */
import * as field from "./fields.ts";

export const typing = field.inRoom;
