/**
 * Who is here. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";

export type PresenceStatus = "online" | "away" | "offline";

/** What a client says of itself; that it is offline shows by its leaving. */
export const status = field.object(() => ({ status: z.enum(["online", "away"]) }));
