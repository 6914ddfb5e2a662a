/**
 * Files, but for their bytes: beginning an upload, finding and describing one, what a room holds.
 * What arrives and what is handed out goes through `lib/files/`, which asks here whose it is.
 */
import type { z } from "zod";
import { ConfabError, fileTooLarge } from "../errors.ts";
import * as input from "../protocol/files.ts";
import { mayReadFile, mayUseUpload } from "../protocol/file_permissions.ts";
import { LIMITS, PREVIEWED } from "../protocol/limits.ts";
import { mayAct, mayEdit, mayRead } from "../protocol/permissions.ts";
import type { KeptFile, OwnUpload } from "../store/contract/files.ts";
import { byAccount, type CommandContext, defineCommand, inTransaction } from "./command.ts";

/** Files of one person that no message holds: an album, and what lies in drafts. */
const MOST_LOOSE = 500;
/** Bytes of randomness in the name of what is kept. */
const KEY_BYTES = 16;

export const beginUpload = defineCommand({
  schema: input.beginUpload,
  access: byAccount(mayAct),
  async run(context, { userId }, said): Promise<input.Upload & { key: string }> {
    const { id, key } = await begin(context, userId, { ...said, ahead: 0 });
    return { id, offset: 0, key };
  },
});

export const beginForm = defineCommand({
  schema: input.beginForm,
  access: byAccount(mayAct),
  run: (context, { userId }, said): Promise<Begun> => begin(context, userId, said),
});

interface Begun {
  id: number;
  key: string;
  /** Bytes that are reserved for it. */
  size: number;
}

async function begin(
  { store, files, uploadRate, randomBytes, now }: CommandContext,
  userId: number,
  said: z.output<typeof input.beginUpload> & { ahead: number },
): Promise<Begun> {
  const { name, size, ahead, type = "", alt = "", voice = null } = said;
  if (size > files.mostBytes) throw fileTooLarge(files.mostBytes);
  const wait = uploadRate.spend(userId);
  if (wait > 0) {
    throw new ConfabError("rate_limited", "You are uploading too fast.", { retryAfter: wait });
  }
  await files.requireDisk(size);
  const key = randomBytes(KEY_BYTES).toHex();
  const begun = { userId, key, name, size, ahead, type, alt, voice };
  const kept = { space: files.space, most: MOST_LOOSE, now: now() };
  const { madeWay, ...upload } = await store.beginUpload({ ...begun, ...kept });
  if (madeWay) files.cleanUp();
  return { key, ...upload };
}

export const findUpload = defineCommand({
  schema: input.findUpload,
  access: inTransaction(mayUseUpload),
  run: ({ store, now }, { userId }, { file: id }): Promise<OwnUpload> =>
    store.findUpload({ userId, id, now: now() }),
});

export const deleteFile = defineCommand({
  schema: input.deleteFile,
  access: inTransaction(mayUseUpload),
  async run({ store, files }, { userId }, { file: id }): Promise<void> {
    await store.deleteFile({ userId, id });
    files.cleanUp();
  },
});

export const describeFile = defineCommand({
  schema: input.describeFile,
  access: inTransaction(mayUseUpload, mayEdit),
  metered: true,
  run: ({ store, now }, { userId }, { file: id, alt }): Promise<input.File> =>
    store.describeFile({ userId, id, alt, now: now() }),
});

export const findFile = defineCommand({
  schema: input.findFile,
  access: inTransaction(mayReadFile, mayUseUpload),
  run: ({ store }, { userId }, { file: id }): Promise<KeptFile> =>
    store.findFile({ userId, id, previewed: PREVIEWED }),
});

export const listFiles = defineCommand({
  schema: input.listFiles,
  access: inTransaction(mayRead),
  run: ({ store }, { userId }, page): Promise<input.RoomFiles> => {
    const { room, kind = null, before = null, limit = LIMITS.pageDefault } = page;
    return store.listFiles({ userId, room, kind, before, limit });
  },
});

export const listLinks = defineCommand({
  schema: input.listLinks,
  access: inTransaction(mayRead),
  run: ({ store }, { userId }, page): Promise<input.RoomLinks> => {
    const { room, before = null, limit = LIMITS.pageDefault } = page;
    return store.listLinks({ userId, room, before, limit });
  },
});
