/**
 * Previews of links. `messages.links` is what a message shows; `message_links` says which previews
 * these are, and which were removed from it; `link_previews` keeps each for the whole chat, under a
 * digest of its address. `until`: when it goes, as no message shows it; null while one does.
 */
import type { Migration } from "./migration.ts";

export const links: Migration = {
  version: 35,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `ALTER TABLE messages ADD COLUMN links ${text} NOT NULL DEFAULT '[]'`,
    `CREATE TABLE link_previews (
      digest ${text} PRIMARY KEY,
      key ${text} NOT NULL,
      found ${integer} NOT NULL,
      title ${text} NOT NULL,
      description ${text} NOT NULL,
      site ${text} NOT NULL,
      video ${text},
      blob ${text},
      blob_type ${text},
      width ${integer},
      height ${integer},
      version ${integer} NOT NULL,
      looked_at ${integer} NOT NULL,
      until ${integer}
    )`,
    "CREATE UNIQUE INDEX link_previews_by_key ON link_previews (key)",
    "CREATE INDEX link_previews_by_blob ON link_previews (blob) WHERE blob IS NOT NULL",
    "CREATE INDEX link_previews_by_until ON link_previews (until) WHERE until IS NOT NULL",
    `CREATE TABLE message_links (
      message_id ${integer} NOT NULL REFERENCES messages (id),
      digest ${text} NOT NULL,
      removed ${integer} NOT NULL,
      PRIMARY KEY (message_id, digest)
    )`,
    "CREATE INDEX message_links_by_digest ON message_links (digest) WHERE removed = 0",
    // Whether a row names some bytes is asked of emoji too.
    "CREATE INDEX custom_emoji_by_blob ON custom_emoji (blob)",
  ],
};
