/** Files as cameras, browsers and strangers make them, by hand: pieces to build them of. */

export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function joined(...parts: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) => typeof part === "string" ? ascii(part) : part);
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A number of that many bytes, the highest first. */
export function number(value: number, length = 4): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = length - 1, left = value; index >= 0; index--) {
    bytes[index] = left % 256;
    left = Math.floor(left / 256);
  }
  return bytes;
}

/** A box of MP4 and its kin. */
export function box(kind: string, ...content: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const inside = joined(...content);
  return joined(number(8 + inside.length), kind, inside);
}

/** A segment of JPEG. */
export function segment(kind: number, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const inside = joined(content);
  return joined(Uint8Array.of(0xff, kind), number(inside.length + 2, 2), inside);
}

/** A chunk of PNG whose checksum is nobody's concern. */
export function chunk(kind: string, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const inside = joined(content);
  return joined(number(inside.length), kind, inside, number(0));
}

/** A chunk of RIFF. */
export function riff(kind: string, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const inside = joined(content);
  return joined(kind, number(inside.length).reverse(), inside, inside.length % 2 ? "\0" : "");
}

/** An element of Matroska. */
export function element(id: number, ...content: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const inside = joined(...content);
  const length = id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1;
  return joined(number(id, length), Uint8Array.of(0x01), number(inside.length, 7), inside);
}

/** Exif with a place and an orientation. */
export function exifWithPlace(orientation: number, place: string): Uint8Array<ArrayBuffer> {
  const text = joined(place, "\0");
  const entry = (tag: number, kind: number, count: number, value: Uint8Array) =>
    joined(number(tag, 2), number(kind, 2), number(count), value);
  return joined(
    "MM\0*",
    number(8),
    number(2, 2),
    entry(0x0112, 3, 1, joined(number(orientation, 2), "\0\0")),
    entry(0x8825, 4, 1, number(38)),
    number(0),
    number(1, 2),
    entry(0x001b, 2, text.length, number(56)),
    number(0),
    text,
  );
}
