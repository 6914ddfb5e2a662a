/**
 * Which messages are in sight as soon as the page is, about: on the server, which knows no window.
 * Pure: it knows neither elements nor what is done with the answer.
 */
import type { Landing } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import { fitted, pictureSize } from "../files/layout.ts";
import type { Placed } from "./grouping.ts";
import { shownAs } from "../files/kinds.ts";
import type { Shown } from "./window.ts";

/** CSS pixels: what a window shows of a conversation, on all but the largest screens. */
const SCREEN = 1_000;
/** … of a line, of what else a message takes, of a file that is no picture, of a row of tiles. */
const [LINE, AROUND, CARD, TILES] = [24, 28, 60, 140];
/** Characters of a line. */
const WIDTH = 100;

/**
 * From where the reader lands; around the message that a link leads to, which stands in the middle.
 * Where that is so near an end that all of it is shown, from there.
 */
export function firstSight(rows: readonly Placed[], landing: Landing): Shown {
  const start = startOf(rows, landing);
  const upper = landing.kind === "message" ? aboveMiddle(rows[start]?.message) : 0;
  let [from, above] = [start, upper];
  while (from > 0 && above > 0) above -= heightOf(rows[--from]!.message);
  let [to, left] = [start, SCREEN - upper + Math.max(0, above)];
  while (to < rows.length && left > 0) left -= heightOf(rows[to++]!.message);
  left += Math.min(0, above); // the first one may reach out of the window already
  while (from > 0 && left > 0) left -= heightOf(rows[--from]!.message);
  return { from, to };
}

/** CSS pixels that are left above what stands in the middle. */
function aboveMiddle(message: Message | undefined): number {
  return message === undefined ? 0 : Math.max(0, SCREEN - heightOf(message)) / 2;
}

function startOf(rows: readonly Placed[], landing: Landing): number {
  const at = landing.kind === "unread"
    ? rows.findIndex(({ startsNew }) => startsNew)
    : landing.kind === "message"
    ? rows.findIndex(({ message }) => message.seq >= landing.seq)
    : -1;
  return at < 0 ? rows.length : at;
}

function heightOf({ text, files }: Message): number {
  const pictures = files.filter((file) => shownAs(file) === "picture");
  const shown = pictures.length === 1
    ? fitted(pictureSize(pictures[0]!)).height
    : Math.ceil(pictures.length / 3) * TILES;
  const cards = (files.length - pictures.length) * CARD;
  return AROUND + Math.ceil(text.length / WIDTH) * LINE + shown + cards;
}
