/** Which previews a message shows, for the operations that change it. Checks no permission. */
import type { Link } from "../../../protocol/links.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { Driver } from "../../driver.ts";
import { planJob } from "./jobs.ts";
import { linksIn } from "./links_in.ts";

/** Addresses of one text that are thought about. */
const MOST_ADDRESSES = 10;
/** Messages of one person that wait to be looked at: what their allowance lets be seen in minutes. */
const MOST_WAITING = 100;
/** Characters. Longer ones are no links (`lib/ui/text/links.ts`). */
const LONGEST = 2_048;
/**
 * Milliseconds for which a preview is kept that no message shows: a deletion may be taken back, and
 * what was just found is about to be shown.
 */
export const LOOSE_FOR = 60_000;

/** Text with an address may be shown with a preview; nothing else costs anything. */
export function mayHaveLinks(text: string): boolean {
  return text.includes("://");
}

/** The same for an address in all its forms, and for what it says of a place in the page. */
export async function digestOf(url: string): Promise<string> {
  const parsed = new URL(url);
  parsed.hash = "";
  const bytes = new TextEncoder().encode(parsed.href);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Addresses by their digests, in the text's order: those that have been removed are left out. */
export async function addressesOf(
  db: Driver,
  message: number,
  text: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!mayHaveLinks(text)) return found;
  for (const url of await linksIn(text)) {
    if (!isShowable(url)) continue;
    const digest = await digestOf(url);
    if (!found.has(digest)) found.set(digest, url);
    if (found.size === MOST_ADDRESSES) break;
  }
  if (found.size === 0) return found;
  for (const digest of await removedFrom(db, message)) found.delete(digest);
  return found;
}

/** What hides a name or a password is not asked for. */
function isShowable(url: string): boolean {
  const parsed = url.length > LONGEST ? null : URL.parse(url);
  return parsed !== null && parsed.username === "" && parsed.password === "";
}

export async function removedFrom(db: Driver, message: number): Promise<string[]> {
  const rows = await db.all<{ digest: string }>(
    "SELECT digest FROM message_links WHERE message_id = ? AND removed = 1",
    [message],
  );
  return rows.map(({ digest }) => digest);
}

/**
 * Somebody is to look at what it links to; nobody, where so many of one person wait for it that they
 * would be all that is seen of the queue.
 */
export async function planPreviews(
  db: Driver,
  { id, userId }: Pick<Message, "id" | "userId">,
  now: number,
): Promise<void> {
  const others = await db.get<{ count: number }>(
    `SELECT count(*) AS count FROM jobs WHERE user_id = ? AND kind = 'preview' AND subject <> ?`,
    [userId, id],
  );
  if (Number(others?.count ?? 0) >= MOST_WAITING) return;
  await planJob(db, { kind: "preview", subject: id, lane: `preview ${id}`, userId, dueAt: now });
}

interface PreviewRow {
  key: string;
  title: string;
  description: string;
  site: string;
  video: string | null;
  blob: string | null;
  width: number | null;
  height: number | null;
  version: number;
}

/** Those of these addresses that are known, and kept from now on: at most as many as are shown. */
export async function bindLinks(
  db: Driver,
  message: number,
  addresses: Iterable<[digest: string, url: string]>,
): Promise<Link[]> {
  const links: Link[] = [];
  for (const [digest, url] of addresses) {
    if (links.length === LIMITS.links) break;
    const kept = await db.run(
      "UPDATE link_previews SET until = NULL WHERE digest = ? AND found = 1",
      [digest],
    );
    if (kept === 0) continue;
    await addLink(db, message, digest, 0);
    const row = await db.get<PreviewRow>(
      `SELECT key, title, description, site, video, blob, width, height, version
       FROM link_previews WHERE digest = ?`,
      [digest],
    );
    links.push(toLink(url, row!)); // it is locked
  }
  return links;
}

function toLink(url: string, row: PreviewRow): Link {
  const { title, description, site } = row;
  const hasPicture = row.blob !== null;
  return {
    url,
    title,
    description,
    site,
    image: hasPicture ? `/previews/${row.key}/${row.version}` : null,
    width: hasPicture ? row.width : null,
    height: hasPicture ? row.height : null,
    ...(row.video === null ? {} : { video: JSON.parse(row.video) as Link["video"] }), // our own
  };
}

/** @param removed 1: it was shown here, and is not to be shown again */
export async function addLink(
  db: Driver,
  message: number,
  digest: string,
  removed: 0 | 1,
): Promise<void> {
  await db.run(
    `INSERT INTO message_links (message_id, digest, removed) VALUES (?, ?, ?)
     ON CONFLICT (message_id, digest) DO UPDATE SET removed = excluded.removed`,
    [message, digest, removed],
  );
}

/** Of what the message shows, only `kept` is shown from now on. */
export async function loosenLinks(
  db: Driver,
  message: number,
  kept: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const rows = await db.all<{ digest: string }>(
    "SELECT digest FROM message_links WHERE message_id = ? AND removed = 0",
    [message],
  );
  for (const { digest } of rows) {
    if (kept.has(digest)) continue;
    await db.run("DELETE FROM message_links WHERE message_id = ? AND digest = ?", [
      message,
      digest,
    ]);
    await loosen(db, digest, now);
  }
}

/** It goes after a while, unless a message shows it. */
export async function loosen(db: Driver, digest: string, now: number): Promise<void> {
  await db.run(
    `UPDATE link_previews SET until = ? WHERE digest = ? AND NOT EXISTS (
       SELECT 1 FROM message_links AS l WHERE l.digest = link_previews.digest AND l.removed = 0
     )`,
    [now + LOOSE_FOR, digest],
  );
}

/** The message is deleted. */
export async function forgetLinks(
  db: Driver,
  { id, text, links }: Pick<Message, "id" | "text" | "links">,
  now: number,
): Promise<void> {
  if (links.length === 0 && !mayHaveLinks(text)) return;
  await loosenLinks(db, id, NONE, now);
  await db.run("DELETE FROM message_links WHERE message_id = ?", [id]);
}

const NONE: ReadonlySet<string> = new Set();

/** What remains of a message's links where its text is another: nothing new is looked at here. */
export async function linksAfterEdit(
  db: Driver,
  { id, links }: Message,
  text: string,
  now: number,
): Promise<Link[]> {
  if (links.length === 0) return links;
  const addresses = await addressesOf(db, id, text);
  const kept: Link[] = [];
  const digests = new Set<string>();
  for (const link of links) {
    const digest = await digestOf(link.url);
    const url = addresses.get(digest);
    if (url === undefined) continue;
    digests.add(digest);
    kept.push({ ...link, url });
  }
  await loosenLinks(db, id, digests, now);
  return kept;
}
