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
  /** Bytes of a file, unless the host has set another limit. */
  fileSize: 104_857_600,
  /** Code points of what is said of a picture for who cannot see it. */
  altLength: 1000,
  /** Links of a message that are shown in short. */
  links: 3,
  threadTitleLength: 80,
  /** Custom emoji in all. */
  customEmoji: 2000,
  /** Messages that one user may have saved. */
  saved: 1000,
  /** Messages of one user that wait to be sent, with those that could not be. */
  scheduled: 100,
  /** Reminders that one user may have. */
  reminders: 500,
  /** Rooms that one `sync` may name. */
  syncRooms: 500,
  /** Other people in a direct room. */
  directUsers: 15,
  /** Messages in a page of history: the maximum and the default. */
  pageMax: 100,
  pageDefault: 50,
  /** Messages in one `changes` answer. */
  changesPage: 200,
  /** Unread messages are counted up to here; 1,000 means "1,000 or more". */
  unreadCount: 1000,
} as const;

/** Places of a voice message of which is told how loud it is there. */
export const WAVEFORM = 100;

/** How many of those who replied a root names. */
export const REPLIERS = 5;
/** New replies in a list of threads are counted up to here. */
export const NEW_REPLIES = 100;
/** Threads with something new that a connection begins with. */
export const FRESH_THREADS = 200;

/** Passkeys of one account: each device of a person may have one, and there may be spare ones. */
export const MOST_PASSKEYS = 20;

/** As they hold here: staff may have set some of them lower. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

/** To how many code points of a message staff may bring the limit down. */
export const TEXT_LENGTH_MIN = 100;
/** Code points of what newcomers read first, and how many rooms they begin in. */
export const WELCOME = { text: 2_000, rooms: 20 } as const;

/** Accounts elsewhere that one person may have linked. */
export const CONNECTIONS = 20;

/**
 * Of a custom emoji: bytes that are taken and that are kept, and pixels of its longer side. On
 * sharp screens a large one has twice the pixels that it takes.
 */
export const CUSTOM_EMOJI = { taken: 4_194_304, kept: 262_144, pixels: 128 } as const;

/**
 * Of people's and rooms' pictures: bytes that are taken, and of the small one that is kept; its
 * pixels, three times as many as the largest view has.
 */
export const PICTURE = { taken: 16_777_216, bytes: 65_536, pixels: 256 } as const;

/** Of the workspace's picture: bytes, and pixels of its longer side. */
export const LOGO = { bytes: 524_288, pixels: 4_096 } as const;

/** The public room that everybody is in. */
export const GENERAL_ROOM = 1;

/** People that one `GET /api/users?ids=` may name. */
export const PEOPLE_ASKED = 100;
/** Messages that one `GET /api/messages?ids=` may name. */
export const MESSAGES_ASKED = 100;
/** Messages of a public room that those see who have not joined: enough to see what is talked of. */
export const PREVIEWED = 30;
/** Members in one page of `GET /api/rooms/:id/members?limit=`, at most. */
export const MEMBERS_PAGE = 500;

/** A client further behind than this many revisions is told to drop the room and start again. */
export const RESET_AFTER = 50_000;

/** Hidden rooms are counted up to here. */
export const HIDDEN_COUNT = 1_000;

/**
 * The most a member's room list may hold, and the people that come with it: `ready`, the page and
 * its list are written anew for each visit. A room's name and topic alone may take 2 KB, and as
 * much again in the page's markup, so counting rooms is not a bound. Bytes are what a room, or a
 * person, takes in the page, as data and as a link.
 */
export const LISTED = { rooms: 200, bytes: 150 * 1024, userBytes: 40 * 1024 } as const;

/** A list that is too long is cut down to this, so that it is not cut again at every new room. */
export const KEPT = { rooms: 160, bytes: 120 * 1024 } as const;

/**
 * Rooms up to this size list their people in `ready`; members of larger ones are fetched by page.
 */
export const SMALL_ROOM = 100;

/** Open invitations that one person may have made. */
export const OPEN_INVITES = 100;
/** Requests to join that may wait for staff. */
export const WAITING_REQUESTS = 500;
/** Characters that somebody who asks to join may write to staff. */
export const NOTE_LENGTH = 500;

/**
 * Milliseconds in which a deletion can be taken back, and how much longer the server takes it: a
 * press in the last moment is on its way for a while.
 */
export const UNDO_FOR = 10_000;
export const UNDO_GRACE = 1_000;

/** Earlier texts kept of one message: the first, and the last ones. */
export const VERSIONS_KEPT = 50;

/** Drafts that one person may have on the server, and code points of each. */
export const KEPT_DRAFTS = { count: 200, text: 12_000 } as const;
