/**
 * What the database keeps of a person beside their row in `users` and what they wrote: it is gone
 * when they are erased. A table that names users is to be added here, or to what is kept, with the
 * reason: a test holds these lists against the schema.
 */
import type { Driver } from "../../driver.ts";

/** Tables whose rows go, by the column that names whose they are. */
export const PERSONAL: Readonly<Record<string, string>> = {
  sessions: "user_id",
  sign_ins: "user_id",
  phone_links: "user_id",
  pending_sign_ins: "user_id",
  identities: "user_id",
  totp: "user_id",
  recovery_codes: "user_id",
  passkeys: "user_id",
  emails: "user_id",
  email_proofs: "user_id",
  letters: "user_id",
  resets: "user_id",
  avatars: "user_id",
  saved: "user_id",
  heard: "user_id",
  drafts: "user_id",
  jobs: "user_id",
  scheduled: "user_id",
  reminders: "user_id",
  join_requests: "user_id",
  mentions: "user_id",
  message_versions: "user_id",
  deleted_messages: "user_id",
  thread_marks: "user_id",
};

export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  upstream_sessions: "gone with its session",
  ended_sessions: "says to old tokens why they are none, and names nobody",
  custom_emoji: "who added it, by the account's new name; it is everybody's",
  rooms: "who made it, by the account's new name",
  members: "taken away portion by portion; those of direct rooms stay the others'",
  messages: "kept or taken as staff say, portion by portion",
  user_words: "written anew for the new names",
  username_looks: "the same",
  display_looks: "the same",
  invites: "revoked, and kept for what came of them",
  audit: "only ever appended; it names people by their accounts' names of now",
  files: "given up, or kept and taken with the messages that hold them",
  erasures: "what is still to be taken away",
};

export async function deletePersonal(db: Driver, userId: number): Promise<void> {
  for (const [table, column] of Object.entries(PERSONAL)) {
    await db.run(`DELETE FROM ${table} WHERE ${column} = ?`, [userId]);
  }
}
