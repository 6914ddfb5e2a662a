/** What names something else: that must be there. And what must be there once. */
import { type Check, rowCheck } from "./rows.ts";

interface Reference {
  table: string;
  /** What identifies a row, and how it is named in a sentence: "Message {id}". */
  key: readonly string[];
  row: string;
  column: string;
  target: string;
  /** "its author, user" */
  what: string;
}

/** All that the schema has as foreign keys: a test holds it against them. */
export const REFERENCES: readonly Reference[] = [
  reference("sessions", "Session {id}", "user_id", "users", "its user"),
  reference("ended_sessions", "The ended session {id}", "user_id", "users", "its user"),
  reference("identities", "The linked account {id}", "user_id", "users", "its user"),
  reference("upstream_sessions", "A session elsewhere", "session_id", "sessions", "its session"),
  reference("upstream_sessions", "Session {session_id} elsewhere", "user_id", "users", "its user"),
  reference("totp", "An authenticator app", "user_id", "users", "its user"),
  reference("recovery_codes", "A recovery code", "user_id", "users", "its user"),
  reference("passkeys", "Passkey {id}", "user_id", "users", "its user"),
  reference("sign_ins", "The sign-in {id}", "user_id", "users", "its user"),
  reference("rooms", "Room {id}", "created_by", "users", "its maker, user"),
  reference("users", "User {id}", "last_room", "rooms", "their last room"),
  reference("members", "A membership of user {user_id}", "room_id", "rooms", "the room"),
  reference("members", "A membership in room {room_id}", "user_id", "users", "the user"),
  reference("messages", "Message {id}", "room_id", "rooms", "its room"),
  reference("messages", "Message {id}", "user_id", "users", "its author, user"),
  reference("messages", "Message {id}", "reply_to", "messages", "what it answers, message"),
  reference("message_versions", "Version {id}", "message_id", "messages", "its message"),
  reference("message_versions", "The version {id}", "user_id", "users", "its author, user"),
  reference("message_links", "What a message links to", "message_id", "messages", "message"),
  reference("mentions", "A mention in room {room_id}", "user_id", "users", "the user"),
  reference("group_mentions", "Those whom a group reached", "message_id", "messages", "message"),
  reference("thread_marks", "A mark of user {user_id}", "root_id", "messages", "the root, message"),
  reference("thread_marks", "A mark in thread {root_id}", "user_id", "users", "the user"),
  reference("thread_marks", "A mark in the thread {root_id}", "room_id", "rooms", "the room"),
  reference("messages", "The reply {id}", "thread_id", "messages", "its root, message"),
  reference("user_words", "The word “{word}” of names", "user_id", "users", "its user"),
  reference("username_looks", "The look “{look}” of a username", "user_id", "users", "its user"),
  reference("display_looks", "The look “{look}” of a name", "user_id", "users", "its user"),
  reference("room_looks", "The look “{look}” of a room", "room_id", "rooms", "its room"),
  reference("resets", "A link of user {user_id}", "user_id", "users", "its user"),
  reference("resets", "A link of user {user_id}", "maker_id", "users", "its maker, user"),
  reference("invites", "Invitation {id}", "created_by", "users", "its maker, user"),
  reference("invite_rooms", "A room of invitation {invite_id}", "room_id", "rooms", "room"),
  reference("invite_rooms", "A place in room {room_id}", "invite_id", "invites", "invitation"),
  reference("join_requests", "Request {id}", "decided_by", "users", "who decided it, user"),
  reference("join_requests", "The request {id}", "user_id", "users", "its account, user"),
  reference("emails", "An e-mail address", "user_id", "users", "its user"),
  reference("email_proofs", "A link that proves an address", "user_id", "users", "its user"),
  reference("letters", "Letter {id}", "user_id", "users", "its user"),
  reference("drafts", "A draft in room {room_id}", "user_id", "users", "its user"),
  reference("drafts", "A draft of user {user_id}", "room_id", "rooms", "its room"),
  reference(
    "drafts",
    "The draft of user {user_id} in room {room_id}",
    "reply_to",
    "messages",
    "what it answers, message",
  ),
  reference("custom_emoji", "The emoji “{name}”", "user_id", "users", "who added it, user"),
  reference("avatars", "A picture", "user_id", "users", "whose it is, user"),
  reference("room_pictures", "A picture", "room_id", "rooms", "its room"),
  reference("saved", "The saved message {id}", "user_id", "users", "its user"),
  reference("heard", "What was heard of message {message_id}", "user_id", "users", "the user"),
  reference("heard", "What user {user_id} has heard", "message_id", "messages", "message"),
  reference("jobs", "What is to happen, {id},", "user_id", "users", "its user"),
  reference("scheduled", "Scheduled message {id}", "user_id", "users", "its author, user"),
  reference("scheduled", "Scheduled message {id}", "room_id", "rooms", "its room"),
  reference("reminders", "Reminder {id}", "user_id", "users", "its user"),
  reference("reminders", "Reminder {id}", "message_id", "messages", "message"),
  reference("files", "File {id}", "user_id", "users", "its uploader, user"),
  reference("files", "File {id}", "room_id", "rooms", "its room"),
  reference("files", "File {id}", "message_id", "messages", "its message"),
  reference("erasures", "What is to be taken of user {user_id}", "user_id", "users", "the user"),
  reference("audit", "The audit log's entry {id}", "actor_id", "users", "who did it, user"),
  reference("saved", "What user {user_id} has saved", "message_id", "messages", "message"),
];

function reference(
  table: string,
  row: string,
  column: string,
  target: string,
  what: string,
): Reference {
  return {
    table,
    key: Array.from(row.matchAll(/\{(\w+)\}/g), ([, key]) => key!),
    row,
    column,
    target,
    what,
  };
}

function referenceCheck({ table, key, row, column, target, what }: Reference): Check {
  const columns = [...new Set([...key, column])].map((name) => `t.${name}`).join(", ");
  return rowCheck<Record<string, unknown>>(
    `${table}.${column}`,
    `SELECT ${columns} FROM ${table} AS t LEFT JOIN ${target} AS o ON o.id = t.${column}
     WHERE t.${column} IS NOT NULL AND o.id IS NULL ORDER BY ${columns}`,
    (found) =>
      `${row.replace(/\{(\w+)\}/g, (_, name) => String(found[name]))}: ${what} ` +
      `${found[column]} does not exist.`,
  );
}

/** A key that two rows share, which an index that is not damaged would prevent. */
function uniqueCheck(table: string, columns: string, where: string, what: string): Check {
  return rowCheck<{ first: number; last: number }>(
    `${table}(${columns})`,
    `SELECT min(id) AS first, max(id) AS last FROM ${table} WHERE ${where}
     GROUP BY ${columns} HAVING count(*) > 1 ORDER BY 1`,
    ({ first, last }) => `${what}: ${first} and ${last}.`,
  );
}

const answers = rowCheck<{ id: number; reply_to: number }>(
  "messages.reply_to(room)",
  `SELECT x.id, x.reply_to FROM messages AS x JOIN messages AS o ON o.id = x.reply_to
   WHERE o.room_id <> x.room_id ORDER BY x.id`,
  (row) => `Message ${row.id} answers message ${row.reply_to}, which is in another room.`,
);

const savedDeleted = rowCheck<{ user_id: number; message_id: number }>(
  "saved(deleted)",
  `SELECT s.user_id, s.message_id FROM saved AS s JOIN messages AS x ON x.id = s.message_id
   WHERE x.deleted_at IS NOT NULL ORDER BY s.message_id, s.user_id`,
  (row) => `User ${row.user_id} has saved message ${row.message_id}, which is deleted.`,
);

export const referenceChecks: readonly Check[] = [
  ...REFERENCES.map(referenceCheck),
  answers,
  savedDeleted,
  uniqueCheck("messages", "user_id, client_id", "1 = 1", "One message of a client is there twice"),
  uniqueCheck("users", "username_key", "1 = 1", "Two accounts have one username"),
  uniqueCheck("rooms", "name_key", "kind = 'public'", "Two public rooms have one name"),
  uniqueCheck("rooms", "direct_key", "direct_key IS NOT NULL", "The same people have two rooms"),
  uniqueCheck("invites", "code", "1 = 1", "Two invitations have one code"),
  uniqueCheck("identities", "issuer, subject", "1 = 1", "One account elsewhere is linked twice"),
  uniqueCheck("passkeys", "credential", "1 = 1", "One passkey is there twice"),
  uniqueCheck("jobs", "kind, subject", "1 = 1", "One thing is to happen twice"),
  uniqueCheck("scheduled", "user_id, client_id", "1 = 1", "A scheduled message is there twice"),
  uniqueCheck("reminders", "message_id, user_id", "1 = 1", "A message has two reminders of a user"),
  uniqueCheck("saved", "message_id, user_id", "1 = 1", "A message is saved twice by one user"),
];
