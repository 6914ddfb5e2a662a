/** Which pages and calls are measured, how they are asked for, and what they may cost. */

export interface Row {
  name: string;
  what: string;
  path: string;
  /** Milliseconds of CPU. */
  limit: number;
  /** How the session is brought: as browsers do, as scripts do, or there is none. */
  session: "cookie" | "bearer" | "none";
  brotli?: true;
  /** With the tag of the answer before, which is still true. */
  unchanged?: true;
  /** So many requests, then a message is written in the room. */
  messageEvery?: number;
}

const ROOM = { path: "/rooms/1", session: "cookie" } as const;
const HOME = {
  name: "home",
  what: "/, a sidebar of 60 rooms and a nearly empty room",
  path: "/",
  session: "cookie",
  limit: 0.4,
} as const;
const MESSAGES = { path: "/api/rooms/1/messages", session: "bearer", limit: 0.25 } as const;
const ROOMS = {
  name: "rooms",
  what: "GET /api/rooms, 60 of them",
  path: "/api/rooms",
  session: "bearer",
  limit: 0.15,
} as const;

const PAGE: Row = { name: "room", what: "a room's page, 50 messages", ...ROOM, limit: 1 };
const HISTORY: Row = {
  name: "messages",
  what: "GET /api/rooms/:id/messages, 50 of them",
  ...MESSAGES,
};

export const PAGE_ROWS: readonly Row[] = [
  PAGE,
  live(PAGE),
  {
    name: "room-unchanged",
    what: "the same page, unchanged",
    ...ROOM,
    limit: 0.2,
    unchanged: true,
  },
  { name: "room-brotli", what: "the same page, Brotli", ...ROOM, limit: 1.2, brotli: true },
  HOME,
  live(HOME),
  HISTORY,
  live(HISTORY),
  {
    name: "messages-brotli",
    what: "GET /api/rooms/:id/messages, Brotli",
    ...MESSAGES,
    brotli: true,
  },
  ROOMS,
  live(ROOMS),
  { name: "login", what: "the login page", path: "/login", session: "none", limit: 0.06 },
];

/**
 * Where people write meanwhile: nobody has a list of rooms, and no room has a page of messages, that
 * is as it was. The messages are in the figure.
 */
function live({ name, what, ...rest }: Row): Row {
  return {
    ...rest,
    name: `${name}-live`,
    what: `${what}; each tenth a new message`,
    messageEvery: 10,
  };
}

/** Besides the session. */
export function headersOf({ session, brotli }: Row): string[] {
  return [
    `Accept: ${session === "bearer" ? "application/json" : "text/html"}`,
    "Accept-Language: en",
    ...(brotli ? ["Accept-Encoding: br"] : []),
  ];
}
