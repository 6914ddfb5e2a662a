/** Previews of what messages link to: finding out what is to be looked at, keeping, showing them. */
import { mayRemoveLink } from "../../protocol/message_permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { dropJob } from "./parts/jobs.ts";
import { addLink, addressesOf, bindLinks, digestOf, loosen, loosenLinks } from "./parts/links.ts";
import { allInList, LIST } from "./parts/lists.ts";
import {
  findForChange,
  requireChange,
  requireStored,
  storeChange,
  unchanged,
} from "./parts/message_changes.ts";
import { toMessage } from "./parts/rows.ts";
import { requireActive } from "./parts/users.ts";

const MINUTE = 60_000;
/** For how long it is believed what is at an address, and that there is nothing. */
const KNOWN_FOR = 7 * 24 * 60 * MINUTE;
const NOTHING_FOR = 10 * MINUTE;
/** Rows that go in one transaction. */
const SWEPT_AT_ONCE = 100;

export const linksToShow = read(async (db: Driver, { message, now }: Input<"linksToShow">) => {
  const row = await db.get<{ user_id: number; text: string }>(
    "SELECT user_id, text FROM messages WHERE id = ? AND deleted_at IS NULL",
    [message],
  );
  if (row === undefined) return { userId: 0, urls: [], unknown: [] };
  const addresses = await addressesOf(db, message, row.text);
  const known = new Set<string>();
  if (addresses.size > 0) {
    const rows = await allInList<{ digest: string; found: number; looked_at: number }>(
      db,
      `SELECT digest, found, looked_at FROM link_previews WHERE digest IN (${LIST})`,
      [],
      [...addresses.keys()],
    );
    for (const { digest, found, looked_at: at } of rows) {
      if (now - at < (found === 1 ? KNOWN_FOR : NOTHING_FOR)) known.add(digest);
    }
  }
  const unknown = [...addresses].flatMap(([digest, url]) => known.has(digest) ? [] : url);
  return { userId: row.user_id, urls: [...addresses.values()], unknown };
});

export const keepPreview = write(async (db: Driver, input: Input<"keepPreview">) => {
  const { url, key, preview, now } = input;
  const digest = await digestOf(url);
  const before = await db.get<{ blob: string | null; found: number }>(
    "SELECT blob, found FROM link_previews WHERE digest = ?",
    [digest],
  );
  if (before?.found === 1 && preview === null) {
    // It is away just now, or for good: messages go on showing what was there.
    await db.run("UPDATE link_previews SET looked_at = ? WHERE digest = ?", [now, digest]);
    return { result: null, changes: NO_CHANGES };
  }
  const { title = "", description = "", site = "", video, picture = null } = preview ?? {};
  await db.run(
    `INSERT INTO link_previews (digest, key, found, title, description, site, video, blob,
       blob_type, width, height, version, looked_at, until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT (digest) DO UPDATE SET found = excluded.found, title = excluded.title,
       description = excluded.description, site = excluded.site, video = excluded.video,
       looked_at = excluded.looked_at,
       until = CASE WHEN link_previews.until IS NULL THEN NULL ELSE excluded.until END`,
    [
      digest,
      key,
      preview === null ? 0 : 1,
      title,
      description,
      site,
      video === undefined ? null : JSON.stringify(video),
      picture?.blob ?? null,
      picture?.type ?? null,
      picture?.width ?? null,
      picture?.height ?? null,
      now,
      now + NOTHING_FOR,
    ],
  );
  // A page that has lost its picture keeps the one of before.
  if (before === undefined || picture === null) return { result: null, changes: NO_CHANGES };
  await db.run(
    `UPDATE link_previews SET blob = ?, blob_type = ?, width = ?, height = ?, version = version + 1
     WHERE digest = ?`,
    [picture.blob, picture.type, picture.width, picture.height, digest],
  );
  return { result: before.blob, changes: NO_CHANGES };
});

export const showLinks = write(async (db: Driver, input: Input<"showLinks">) => {
  const { message: id, urls, now } = input;
  const nothing = { result: undefined, changes: NO_CHANGES };
  const place = await db.get<{ room_id: number }>("SELECT room_id FROM messages WHERE id = ?", [
    id,
  ]);
  await dropJob(db, "preview", id);
  if (place === undefined) return nothing;
  await db.lockRoom(place.room_id);
  const row = await requireStored(db, id);
  if (row.deleted_at !== null) return nothing;
  const message = toMessage(row);
  const wanted = new Set(urls);
  const addresses = [...await addressesOf(db, id, row.text)].filter(([, url]) => wanted.has(url));
  const links = await bindLinks(db, id, addresses);
  const shown = new Set(links.map(({ url }) => url));
  const digests = addresses.flatMap(([digest, url]) => shown.has(url) ? digest : []);
  await loosenLinks(db, id, new Set(digests), now);
  if (JSON.stringify(links) === JSON.stringify(message.links)) return nothing;
  const standing = await db.get<{ head: number; access: number }>(
    "SELECT head, access FROM rooms WHERE id = ?",
    [place.room_id],
  );
  // A message has a room.
  const { changes } = await storeChange(db, { row, standing: standing! }, { ...message, links });
  return { result: undefined, changes };
});

export const removeLink = write(async (db: Driver, input: Input<"removeLink">) => {
  const { userId, url, now } = input;
  const target = await findForChange(db, userId, input.message);
  const { message, standing, facts } = target;
  const verdict = mayRemoveLink(standing, facts);
  requireChange(target, verdict, "Only its author, or who may delete it, takes a preview away.");
  const links = message.links.filter((each) => each.url !== url);
  if (links.length === message.links.length) return unchanged(message);
  const digest = await digestOf(url);
  await addLink(db, message.id, digest, 1);
  await loosen(db, digest, now);
  return await storeChange(db, target, { ...message, links });
});

export const previewPicture = read(async (db: Driver, input: Input<"previewPicture">) => {
  const { userId, key } = input;
  await requireActive(db, userId);
  const row = await db.get<{ blob: string | null; blob_type: string | null }>(
    "SELECT blob, blob_type FROM link_previews WHERE key = ?",
    [key],
  );
  if (row === undefined || row.blob === null || row.blob_type === null) return null;
  return { blob: row.blob, type: row.blob_type };
});

export const sweepPreviews = write(async (db: Driver, { now }: Input<"sweepPreviews">) => {
  const rows = await db.all<{ digest: string; blob: string | null }>(
    `SELECT digest, blob FROM link_previews WHERE until < ? ORDER BY until LIMIT ${SWEPT_AT_ONCE}`,
    [now],
  );
  const blobs: string[] = [];
  for (const { digest, blob } of rows) {
    // A message that shows it may have come meanwhile.
    const gone = await db.run("DELETE FROM link_previews WHERE digest = ? AND until < ?", [
      digest,
      now,
    ]);
    if (gone === 1 && blob !== null) blobs.push(blob);
  }
  return { result: { swept: rows.length, blobs }, changes: NO_CHANGES };
});
