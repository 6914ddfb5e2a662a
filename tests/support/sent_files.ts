/** Files that somebody sends behind the browser, and pictures and documents made for it. */
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import type { File } from "../../lib/protocol/files.ts";
import { type Account, GENERAL, type SaidMessage } from "./browser_account.ts";

export interface MadeFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  alt?: string;
}

/** To what a message replies, and where it shows. */
export interface Reply {
  replyTo?: number;
  threadOnly?: boolean;
}

/** Uploads them and sends them with one message. @param url of the server @param reply to what, and where it shows */
export async function sendFiles(
  url: string,
  account: Account,
  text: string,
  files: readonly MadeFile[],
  room = GENERAL,
  reply: Reply = {},
): Promise<SaidMessage & { files: File[] }> {
  const ids: number[] = [];
  for (const file of files) ids.push((await uploadMade(url, account, file)).id);
  return await account.call("POST", `/rooms/${room}/messages`, { text, files: ids, ...reply }) as
    & SaidMessage
    & { files: File[] };
}

/** A file that no message holds yet. */
export async function uploadMade(url: string, account: Account, file: MadeFile): Promise<File> {
  const form = new FormData();
  form.append("file", new Blob([file.bytes], { type: file.type }), file.name);
  if (file.alt !== undefined) form.append("alt", file.alt);
  const response = await fetch(`${url}/api/files`, {
    method: "POST",
    headers: { authorization: `Bearer ${account.token}` },
    body: form,
  });
  const text = await response.text();
  assert.equal(response.status, 201, text);
  return JSON.parse(text);
}

/** A voice message of so many seconds, as a client uploads one. */
export async function sendVoice(
  url: string,
  account: Account,
  seconds = 2,
  room = GENERAL,
  reply: Reply = {},
): Promise<SaidMessage> {
  const bytes = wav(seconds);
  const { id } = await account.call("POST", "/files", {
    name: "voice.wav",
    type: "audio/wav",
    size: bytes.length,
    voice: { duration: seconds, waveform: [10, 90, 40] },
  }) as { id: number };
  const answer = await fetch(`${url}/api/files/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${account.token}`, "upload-offset": "0" },
    body: bytes,
  });
  await answer.body?.cancel();
  return await account.call("POST", `/rooms/${room}/messages`, {
    text: "",
    files: [id],
    ...reply,
  }) as SaidMessage;
}

/** A PNG of such a size, a slope of colours from this one. @param hue from 0 to 255 */
export function png(width: number, height: number, hue = 40): Uint8Array<ArrayBuffer> {
  const row = width * 3 + 1;
  const pixels = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set([hue, (x * 255 / width) | 0, (y * 255 / height) | 0], y * row + 1 + x * 3);
    }
  }
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint16(8, 0x0802); // eight bits, colours without transparency
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", new Uint8Array(head.buffer)),
    pngChunk("IDAT", deflateSync(pixels, { level: 1 })),
    pngChunk("IEND", new Uint8Array()),
  ]);
}

/** A second of a tone, eight bits a sample. */
export function wav(seconds: number): Uint8Array<ArrayBuffer> {
  const rate = 8_000;
  const samples = Math.floor(rate * seconds);
  const bytes = new Uint8Array(44 + samples);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii("RIFF"), 0);
  view.setUint32(4, 36 + samples, true);
  bytes.set(ascii("WAVEfmt "), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  bytes.set(ascii("data"), 36);
  view.setUint32(40, samples, true);
  for (let at = 0; at < samples; at++) bytes[44 + at] = 128 + Math.round(30 * Math.sin(at / 3));
  return bytes;
}

/** A document of so many pages, each of which says its number. */
export function pdf(pages: number): Uint8Array<ArrayBuffer> {
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(" ");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  for (let at = 0; at < pages; at++) {
    const drawn = `BT /F1 36 Tf 72 700 Td (Page ${at + 1}) Tj ET .3 .2 .8 rg 72 500 300 99 re f`;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]` +
        `/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + at * 2} 0 R>>`,
      `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
    );
  }
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}` +
    `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
  return ascii(text);
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function pngChunk(kind: string, content: Uint8Array): Uint8Array {
  const body = joined([ascii(kind), content]);
  const around = new DataView(new ArrayBuffer(8));
  around.setUint32(0, content.length);
  around.setUint32(4, sumOf(body));
  return joined([new Uint8Array(around.buffer, 0, 4), body, new Uint8Array(around.buffer, 4)]);
}

/** CRC-32, as PNG has it. */
function sumOf(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
