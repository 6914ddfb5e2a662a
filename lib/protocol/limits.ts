/**
 * The limits of the protocol, sent to every client in `ready.limits`.
 * Shared with the browser; imports nothing.
 */
export const LIMITS = {
  /** Code points of a message after trimming. */
  textLength: 8000,
  /** Bytes of a client's WebSocket frame. */
  frameBytes: 65536,
  usernameMin: 3,
  usernameMax: 32,
  passwordMin: 8,
  passwordMax: 256,
  displayNameLength: 64,
  roomNameLength: 80,
  topicLength: 250,
  /** Different reactions on one message. */
  reactions: 16,
  filesPerMessage: 10,
  /** Rooms that one `sync` may name. */
  syncRooms: 500,
  /** Other people in a direct room. */
  directUsers: 15,
  /** Messages in a page of history: the most, and what is given unless asked. */
  pageMax: 100,
  pageDefault: 50,
  /** Messages in one `changes` answer. */
  changesPage: 200,
  /** Unread messages are counted up to here; 1,000 means "1,000 or more". */
  unreadCount: 1000,
} as const;

export type Limits = typeof LIMITS;

/** People that one `GET /api/users?ids=` may name. */
export const PEOPLE_ASKED = 100;
/** Members in one page of `GET /api/rooms/:id/members?limit=`, at most. */
export const MEMBERS_PAGE = 500;

/** A client that is more revisions behind than this is told to drop the room and start anew. */
export const RESET_AFTER = 50_000;
