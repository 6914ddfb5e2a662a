/** For tests of the operator's commands: what people keep as files, made by what the server asks. */
import type { Blobs } from "../../lib/files/blobs.ts";
import { openSqliteStore } from "../../lib/store/sqlite/store.ts";
import type { Store } from "../../lib/store/store.ts";

const NOW = 1_700_000_000_000;
/** Of the chat that `makeChat` makes. */
const [ANN, BEN, OPEN] = [1, 2, 2];
const SMALL = { version: "0123456789abcdef", type: "image/webp", data: "AAAA" };
const LINK = "https://site.example/page";
const SIZE = 9;

/** Keeps its bytes, and answers under which key. */
async function keep(blobs: Blobs, digit: string, suffix = ""): Promise<string> {
  const key = digit.repeat(32);
  await blobs.put(`${key}${suffix}`, new Uint8Array(SIZE).fill(digit.charCodeAt(0)));
  return key;
}

async function upload(store: Store, key: string, voice: boolean): Promise<number> {
  const type = voice ? "audio/webm" : "image/png";
  const space = { user: null, all: null };
  const { id } = await store.beginUpload({
    ...{ userId: BEN, key, name: voice ? "a.webm" : "a.png", size: SIZE, type, alt: "A boat" },
    ...{ voice: voice ? { duration: 3, waveform: [1, 50, 9] } : null, space, most: 500, now: NOW },
  });
  const measures = voice
    ? { width: null, height: null, duration: 3, blur: null }
    : { width: 4, height: 3, duration: null, blur: "data:image/webp;base64,AAAA" };
  const facts = { type, size: SIZE, thumbnail: !voice, ...measures };
  await store.finishUpload({ userId: BEN, id, facts, space, now: NOW });
  return id;
}

async function fillFiles(store: Store, blobs: Blobs): Promise<void> {
  const [picture, voice] = [await keep(blobs, "a"), await keep(blobs, "b")];
  await keep(blobs, "a", "-t");
  const { room } = await store.openDirect({ userId: ANN, users: [BEN], now: NOW });
  const message = { userId: BEN, room: room.id, replyTo: null, now: NOW };
  await store.sendMessage({
    ...{ ...message, clientId: "a-picture-is-sent", text: "" },
    files: [await upload(store, picture, false)],
  });
  const spoken = await store.sendMessage({
    ...{ ...message, clientId: "a-voice-is-sent-on", text: "" },
    files: [await upload(store, voice, true)],
  });
  await store.hearMessage({ userId: ANN, message: spoken.message.id });
  await store.setAvatar({ userId: BEN, picture: SMALL });
  await store.setRoomPicture({ userId: ANN, room: OPEN, picture: SMALL });
  const emoji = { type: "image/webp", size: SIZE, width: 1, height: 1 };
  await store.addEmoji({
    ...{ userId: ANN, name: "parrot", now: NOW },
    picture: { blob: await keep(blobs, "c"), ...emoji },
  });
  const linked = await store.sendMessage({
    ...{ ...message, clientId: "a-link-is-sent-as-well", text: `see ${LINK}` },
    previews: true,
  });
  const shown = { blob: await keep(blobs, "d"), type: "image/webp", width: 4, height: 3 };
  const preview = { title: "A page", description: "", site: "Site", picture: shown };
  await store.keepPreview({ url: LINK, key: "e".repeat(32), preview, now: NOW });
  await store.showLinks({ message: linked.message.id, urls: [LINK], now: NOW });
}

/**
 * Into a chat that `makeChat` made: a picture and a voice message that was heard, pictures of a
 * person and of a room, a custom emoji, a link with its preview. A row in each table of files.
 */
export async function addFiles(path: string, blobs: Blobs): Promise<void> {
  const store = await openSqliteStore({
    path,
    randomId: () => crypto.randomUUID(),
    onCommit: () => {},
    log: () => {},
  });
  try {
    await fillFiles(store, blobs);
  } finally {
    await store.close();
  }
}
