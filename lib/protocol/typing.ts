/** The typing indicator. Schemas for the server. */
import * as field from "./fields.ts";

export const typing = field.inRoom;
