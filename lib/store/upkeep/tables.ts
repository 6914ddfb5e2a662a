/**
 * The tables that are the chat, in an order in which rows name only earlier ones. A new table is to
 * be added here, or to those that are not copied, with the reason: a test holds this list against
 * the schema.
 */
import type { Driver } from "../driver.ts";

export interface CopiedTable {
  readonly name: string;
  /** Its rows are read in this order. */
  readonly key: readonly string[];
  /** Gives ids to its rows. */
  readonly identity?: true;
  /** Which rows, if not all. */
  readonly where?: string;
}

/**
 * Not copied of `meta`: when this chat was last copied, the count of a SQLite file's commits, what a probe has written, and the
 * secret, which the commands treat by itself.
 */
const ABOUT_THE_PLACE = "key NOT IN ('backed_up_at', 'commits', 'probed_at', 'secret')";

export const COPIED: readonly CopiedTable[] = [
  { name: "meta", key: ["key"], where: ABOUT_THE_PLACE },
  { name: "users", key: ["id"], identity: true },
  { name: "sessions", key: ["id"], identity: true },
  { name: "ended_sessions", key: ["id"] },
  { name: "sign_ins", key: ["id"] },
  { name: "rooms", key: ["id"], identity: true },
  { name: "members", key: ["room_id", "user_id"] },
  { name: "messages", key: ["id"], identity: true },
  { name: "link_previews", key: ["digest"] },
  { name: "message_links", key: ["message_id", "digest"] },
  { name: "message_versions", key: ["id"], identity: true },
  { name: "thread_marks", key: ["root_id", "user_id"] },
  { name: "mentions", key: ["user_id", "room_id", "seq"] },
  { name: "group_mentions", key: ["message_id"] },
  { name: "user_words", key: ["user_id", "word"] },
  { name: "username_looks", key: ["look"] },
  { name: "display_looks", key: ["look", "user_id"] },
  { name: "room_looks", key: ["look"] },
  { name: "invites", key: ["id"], identity: true },
  { name: "invite_rooms", key: ["invite_id", "room_id"] },
  { name: "join_requests", key: ["id"], identity: true },
  { name: "drafts", key: ["user_id", "room_id", "thread_id"] },
  { name: "saved", key: ["id"], identity: true },
  { name: "heard", key: ["user_id", "message_id"] },
  { name: "jobs", key: ["id"], identity: true },
  { name: "scheduled", key: ["id"], identity: true },
  { name: "files", key: ["id"], identity: true },
  { name: "file_totals", key: ["user_id"] },
  { name: "reminders", key: ["id"], identity: true },
  { name: "audit", key: ["id"], identity: true },
  { name: "erasures", key: ["user_id"] },
  { name: "identities", key: ["id"], identity: true },
  { name: "upstream_sessions", key: ["session_id"] },
  { name: "totp", key: ["user_id"] },
  { name: "passkeys", key: ["id"], identity: true },
  { name: "recovery_codes", key: ["user_id", "hash"] },
  { name: "resets", key: ["token_hash"] },
  { name: "emails", key: ["user_id"] },
  { name: "email_proofs", key: ["token_hash"] },
  { name: "letters", key: ["id"], identity: true },
  { name: "workspace", key: ["key"] },
  { name: "workspace_logo", key: ["version"] },
  { name: "avatars", key: ["user_id"] },
  { name: "room_pictures", key: ["room_id"] },
  { name: "custom_emoji", key: ["name"] },
  { name: "custom_emoji_revision", key: ["id"] },
];

export const NOT_COPIED: Readonly<Record<string, string>> = {
  schema_version: "the migration of the target has written it",
  events: "they are for nodes that were there when it happened, a few minutes ago",
  phone_links: "a code lives two minutes",
  pending_sign_ins: "whoever signs in just then signs in again",
  deleted_messages: "what was deleted a moment ago: over by then",
  spent_once: "what worked once a few minutes ago, and is over by then anyway",
  leases: "who is connected to which node, now",
};

/**
 * What goes before another chat is copied to its place: also what is not copied, as it names those
 * who were there. In an order in which rows name only earlier ones.
 */
export const EMPTIED: readonly string[] = [
  ...COPIED.map(({ name }) => name),
  "deleted_messages",
  "events",
  "phone_links",
  "pending_sign_ins",
  "spent_once",
];

export async function countRows(db: Driver): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, where = "1 = 1" } of COPIED) {
    const row = await db.get<{ rows: number }>(
      `SELECT count(*) AS rows FROM ${name} WHERE ${where}`,
      [],
    );
    counts.set(name, row?.rows ?? 0);
  }
  return counts;
}
