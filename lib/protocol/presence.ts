/** Who is online. Schemas for the server; the browser imports the types only. */
import * as z from "zod";
import * as field from "./fields.ts";

export type PresenceStatus = "online" | "away" | "offline";

/** What a client says about itself; it is offline once it has disconnected. */
export const status = field.object(() => ({ status: z.enum(["online", "away"]) }));
