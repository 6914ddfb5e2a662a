/**
 * What Matroska and WebM say of themselves beside what is shown: of a sound's tags its titles stay; of
 * attached files the fonts that captions are written with, and pictures without what their camera
 * wrote. (RFC 9559, 5.1.6 and 5.1.8)
 */
import { type Bytes, latin, type Steps } from "./bytes.ts";
import { elementsIn, type MatroskaElement, voidElement } from "./matroska_elements.ts";
import { cleanPicture, isTitle, SAID_MOST } from "./song.ts";

const TAG = 0x7373;
const SIMPLE = 0x67c8;
const NAME = 0x45a3;
const TEXT = 0x4487;

type Outer = Pick<MatroskaElement, "from" | "to">;

/** Of a sound: what is no title of a song goes. */
export function cleanTags(bytes: Bytes, tags: Outer, steps: Steps): void {
  for (const tag of elementsIn(bytes, tags, steps)) {
    if (tag.id !== TAG) voidElement(bytes, tag);
    else {
      for (const simple of elementsIn(bytes, tag, steps)) {
        if (simple.id === SIMPLE && !isTitleTag(bytes, simple, steps)) voidElement(bytes, simple);
      }
    }
  }
}

function isTitleTag(bytes: Bytes, simple: Outer, steps: Steps): boolean {
  const said = elementsIn(bytes, simple, steps).toArray();
  // What stands in it in turn, such as a link or an address, is no title.
  if (said.some(({ id }) => id === SIMPLE)) return false;
  return isTitle(latin(valueOf(bytes, said, NAME)), valueOf(bytes, said, TEXT), false);
}

function valueOf(bytes: Bytes, said: readonly MatroskaElement[], id: number) {
  const found = said.find((each) => each.id === id);
  return bytes.read(found?.from ?? 0, found ? Math.min(SAID_MOST, found.to - found.from) : 0);
}

const ATTACHED = 0x61a7;
const FILE_NAME = 0x466e;
const MEDIA_TYPE = 0x4660;
const DATA = 0x465c;
/** And its number. */
const KEPT = new Set([FILE_NAME, MEDIA_TYPE, DATA, 0x46ae]);
const FONT = /^(font\/|application\/(x-)?(truetype-font|font|vnd\.ms-opentype))/;

/** Of whatever else was attached nothing is left but that it was: some programs ask for each one. */
export function cleanAttachments(bytes: Bytes, attachments: Outer, steps: Steps): void {
  for (const file of elementsIn(bytes, attachments, steps)) {
    if (file.id !== ATTACHED) {
      voidElement(bytes, file);
      continue;
    }
    const said = elementsIn(bytes, file, steps).toArray();
    const stays = mayStay(bytes, said);
    for (const each of said) {
      if (!KEPT.has(each.id)) voidElement(bytes, each);
      else if (!stays && each.id === DATA) bytes.blank(each.from, each.to - each.from);
      else if (!stays && each.id === FILE_NAME) blankName(bytes, each);
    }
  }
}

/** Bytes of the name that is left. */
const NAME_MOST = 1024;

function blankName(bytes: Bytes, { from, to }: Outer): void {
  bytes.blank(from, to - from);
  bytes.write(from, new Uint8Array(Math.min(NAME_MOST, to - from)).fill(0x78)); // x
}

function mayStay(bytes: Bytes, said: readonly MatroskaElement[]): boolean {
  const data = said.find(({ id }) => id === DATA);
  if (data === undefined) return false;
  const isFont = FONT.test(latin(valueOf(bytes, said, MEDIA_TYPE)));
  return isFont || cleanPicture(bytes, data.from, data.to - data.from);
}
