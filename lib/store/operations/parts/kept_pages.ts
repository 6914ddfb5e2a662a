/**
 * Pages of a room's history as text. What a page says is the same for every reader, and it changes
 * only with its room's head, or with an author's name: so it is made once, and kept until one of
 * them is another. Asks no permission.
 */
import type { HistoryPage } from "../../../protocol/history.ts";
import { type JsonText, toJsonText } from "../../../protocol/json_text.ts";
import type { Driver } from "../../driver.ts";
import type { KeptKind } from "../../kept.ts";
import { allInList, LIST } from "./lists.ts";
import { type LinePlace, pageAt } from "./stretches.ts";

interface KeptPage {
  head: number;
  authors: readonly number[];
  /** Of the authors. An erased person's name goes without raising any head. */
  usernames: string;
  text: JsonText<HistoryPage>;
}

const PAGES: KeptKind<KeptPage> = { bytes: 3 * 2 ** 20 };
/** Beside the text. */
const OVERHEAD = 500;

/** @param asked `head` as this view has it: what was kept for another one is made anew */
export async function historyText(
  db: Driver,
  { room, head, place, limit }: { room: number; head: number; place: LinePlace; limit: number },
): Promise<JsonText<HistoryPage>> {
  const pages = db.shelf.of(PAGES);
  const key = `${room} ${limit} ${JSON.stringify(place)}`;
  const known = pages.get(key);
  if (known?.head === head && known.usernames === await usernamesOf(db, known.authors)) {
    return known.text;
  }
  const page = await pageAt(db, { of: "room", id: room }, place, head + 1, limit);
  const text = toJsonText<HistoryPage>({ ...page, head });
  const authors = [...new Set(page.messages.map(({ userId }) => userId))];
  const usernames = await usernamesOf(db, authors);
  const bytes = OVERHEAD + 2 * text.length;
  pages.set(key, { head, authors, usernames, text }, bytes);
  return text;
}

async function usernamesOf(db: Driver, ids: readonly number[]): Promise<string> {
  const rows = await allInList<{ id: number; username: string }>(
    db,
    `SELECT u.id, u.username FROM users AS u WHERE u.id IN (${LIST})`,
    [],
    ids,
  );
  return rows.map(({ id, username }) => `${id} ${username}`).join();
}
