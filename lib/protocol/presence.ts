/** Who is here. Plain types, shared with the browser; imports nothing. */

export type PresenceStatus = "online" | "away" | "offline";
