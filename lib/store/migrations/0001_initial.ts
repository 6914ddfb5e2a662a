/**
 * The first schema. A released migration is never edited: what must change gets the next one.
 *
 * Booleans are 0 and 1, times are milliseconds, and lists that are only read whole (reactions,
 * mentions, files) are JSON text. A `…_key` is the folded form by which names are compared.
 */
import type { Migration } from "./migration.ts";

export const initial: Migration = {
  version: 1,
  /** Long because it is the schema in one list: tables in the order in which they name each other. */
  statements: ({ identity, identityFromTwo, identityOnce, integer, text }) => [
    `CREATE TABLE meta (
      key ${text} PRIMARY KEY,
      value ${text} NOT NULL
    )`,

    `CREATE TABLE users (
      id ${identity},
      username ${text} NOT NULL,
      username_key ${text} NOT NULL,
      display_name ${text} NOT NULL,
      display_key ${text} NOT NULL,
      role ${text} NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'bot', 'guest')),
      password_hash ${text} NOT NULL,
      avatar ${text},
      disabled ${integer} NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
      language ${text},
      theme ${text} NOT NULL DEFAULT 'system',
      created_at ${integer} NOT NULL
    )`,
    `CREATE UNIQUE INDEX users_by_username ON users (username_key)`,
    `CREATE INDEX users_by_display_name ON users (display_key, username_key)`,

    // A token names its session for as long as it lives: an id that came back after its row was
    // deleted would hand somebody else's session to whoever kept an old token.
    `CREATE TABLE sessions (
      id ${identityOnce},
      user_id ${integer} NOT NULL REFERENCES users (id),
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      last_seen ${integer} NOT NULL,
      device ${text} NOT NULL,
      address ${text} NOT NULL
    )`,
    `CREATE INDEX sessions_by_user ON sessions (user_id, expires_at)`,

    `CREATE TABLE rooms (
      id ${identityFromTwo},
      kind ${text} NOT NULL CHECK (kind IN ('public', 'private', 'direct')),
      name ${text},
      name_key ${text},
      topic ${text} NOT NULL DEFAULT '',
      head ${integer} NOT NULL DEFAULT 0 CHECK (head >= 0),
      member_count ${integer} NOT NULL DEFAULT 0 CHECK (member_count >= 0),
      direct_key ${text},
      created_by ${integer} NOT NULL REFERENCES users (id),
      created_at ${integer} NOT NULL,
      archived ${integer} NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
      CHECK ((kind = 'direct') = (direct_key IS NOT NULL)),
      CHECK ((kind = 'direct') = (name IS NULL)),
      CHECK ((name IS NULL) = (name_key IS NULL))
    )`,
    `CREATE UNIQUE INDEX rooms_by_direct_key ON rooms (direct_key) WHERE direct_key IS NOT NULL`,
    `CREATE UNIQUE INDEX rooms_by_public_name ON rooms (name_key) WHERE kind = 'public'`,
    `CREATE INDEX rooms_to_browse ON rooms (member_count DESC, id) WHERE kind = 'public'`,

    `CREATE TABLE members (
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      user_id ${integer} NOT NULL REFERENCES users (id),
      role ${text} NOT NULL CHECK (role IN ('owner', 'member')),
      read_seq ${integer} NOT NULL CHECK (read_seq >= 0),
      notify ${text} NOT NULL DEFAULT 'all' CHECK (notify IN ('all', 'mentions', 'none')),
      joined_at ${integer} NOT NULL,
      PRIMARY KEY (room_id, user_id)
    )`,
    `CREATE INDEX members_by_user ON members (user_id)`,

    // original_digest: set when a text first changes, so that a resend of the original is still
    // known to be the same message and not a conflict.
    `CREATE TABLE messages (
      id ${identity},
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      seq ${integer} NOT NULL CHECK (seq > 0),
      rev ${integer} NOT NULL CHECK (rev >= seq),
      user_id ${integer} NOT NULL REFERENCES users (id),
      client_id ${text} NOT NULL,
      text ${text} NOT NULL,
      ts ${integer} NOT NULL,
      edited_at ${integer},
      deleted_at ${integer},
      reply_to ${integer} REFERENCES messages (id),
      reactions ${text} NOT NULL,
      mentions ${text} NOT NULL,
      files ${text} NOT NULL,
      original_digest ${text}
    )`,
    // The clientId first: where clients let theirs begin with the time, as ours does, new rows
    // fall on the same few pages, and a commit of many users' messages has less to write.
    `CREATE UNIQUE INDEX messages_once ON messages (client_id, user_id)`,
    `CREATE UNIQUE INDEX messages_by_seq ON messages (room_id, seq)`,
    `CREATE UNIQUE INDEX messages_by_rev ON messages (room_id, rev)`,
    // Unread messages are counted from this index alone, without touching a message's row.
    // deleted_at is in it because SQLite looks it up again even where the index implies it.
    `CREATE INDEX messages_to_count ON messages (room_id, seq, user_id, deleted_at)
      WHERE deleted_at IS NULL`,

    // Mentions of a user by others in messages that still stand.
    `CREATE TABLE mentions (
      user_id ${integer} NOT NULL REFERENCES users (id),
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      seq ${integer} NOT NULL,
      PRIMARY KEY (user_id, room_id, seq)
    )`,
  ],
};
