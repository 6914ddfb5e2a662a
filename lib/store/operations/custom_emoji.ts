/** Custom emoji. Everybody is told of each that is added or removed, in the order of revisions. */
import { ConfabError, notFound } from "../../errors.ts";
import type { CustomEmoji, EmojiBlob } from "../../protocol/custom_emoji.ts";
import { emojiPath } from "../../protocol/emoji_names.ts";
import { mayAddEmoji, mayRemoveEmoji } from "../../protocol/emoji_permissions.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Driver } from "../driver.ts";
import { type Input, read, write } from "./operation.ts";
import { recordAudit } from "./parts/audit.ts";
import { emojiRevision, isEmoji } from "./parts/custom_emoji.ts";
import { allInList, LIST } from "./parts/lists.ts";
import { requireActive } from "./parts/users.ts";
import { workspaceValue } from "./parts/workspace_value.ts";

const COLUMNS = "e.name, e.blob, e.user_id, e.created_at";

interface EmojiRow {
  name: string;
  blob: string;
  user_id: number;
  created_at: number;
}

function toEmoji({ name, blob, user_id, created_at }: EmojiRow): CustomEmoji {
  return { name, url: emojiPath(name, blob), userId: user_id, createdAt: created_at };
}

export const listEmoji = read(async (db: Driver, input: Input<"listEmoji">) => {
  await requireActive(db, input.userId);
  const rows = await db.all<EmojiRow>(
    `SELECT ${COLUMNS} FROM custom_emoji AS e ORDER BY e.name LIMIT ${LIMITS.customEmoji}`,
    [],
  );
  return { revision: await emojiRevision(db), emoji: rows.map(toEmoji) };
});

export const emojiNamed = read(async (db: Driver, { userId, names }: Input<"emojiNamed">) => {
  await requireActive(db, userId);
  const rows = await allInList<EmojiRow>(
    db,
    `SELECT ${COLUMNS} FROM custom_emoji AS e WHERE e.name IN (${LIST})`,
    [],
    names,
  );
  return rows.map(toEmoji);
});

export const emojiPicture = read(async (db: Driver, { userId, name }: Input<"emojiPicture">) => {
  await requireActive(db, userId);
  return await db.get<EmojiBlob>(
    "SELECT blob, type, size, width, height FROM custom_emoji WHERE name = ?",
    [name],
  ) ?? null;
});

export const nameEmoji = read(async (db: Driver, { userId, name }: Input<"nameEmoji">) => {
  await requireFree(db, userId, name);
});

export const addEmoji = write(async (db: Driver, input: Input<"addEmoji">) => {
  const { userId, name, picture, address, now } = input;
  await db.lockNames(); // the limit and the revision are of all of them
  await requireFree(db, userId, name);
  const { blob, type, size, width, height } = picture;
  await db.run(
    `INSERT INTO custom_emoji (name, blob, type, size, width, height, user_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [name, blob, type, size, width, height, userId, now],
  );
  await recordAudit(db, {
    actor: { id: userId },
    action: "emoji.added",
    target: { kind: "emoji", name },
    detail: {},
    address,
    at: now,
  });
  const emoji = toEmoji({ name, blob, user_id: userId, created_at: now });
  const revision = await raiseRevision(db);
  return { result: emoji, changes: [{ type: "emoji", revision, name, emoji }] };
});

async function requireFree(db: Driver, userId: number, name: string): Promise<void> {
  await requireMaker(db, userId);
  if (await isEmoji(db, name)) throw taken();
  await requirePlace(db);
}

async function requireMaker(db: Driver, userId: number): Promise<void> {
  const user = await requireActive(db, userId);
  const makers = await workspaceValue(db, "emojiMakers") === "staff" ? "staff" : "members";
  if (mayAddEmoji(user, makers) === "allowed") return;
  const sentence = makers === "staff"
    ? "Only the owner and admins add emoji here."
    : "Guests may not add emoji.";
  throw new ConfabError("forbidden", sentence);
}

function taken(): ConfabError {
  const message = "There is an emoji of this name already.";
  return new ConfabError("conflict", message, {
    errors: [{ path: "name", message, reason: "taken" }],
  });
}

async function requirePlace(db: Driver): Promise<void> {
  const { count } = (await db.get<{ count: number }>(
    "SELECT count(*) AS count FROM custom_emoji",
    [],
  ))!; // it always answers one row
  if (count < LIMITS.customEmoji) return;
  const message = `There are ${LIMITS.customEmoji} custom emoji already: remove one first.`;
  throw new ConfabError("invalid", message, {
    errors: [{ path: "name", message, reason: "too_long" }],
  });
}

async function raiseRevision(db: Driver): Promise<number> {
  const { revision } = (await db.get<{ revision: number }>(
    `INSERT INTO custom_emoji_revision (id, revision) VALUES (1, 1)
     ON CONFLICT (id) DO UPDATE SET revision = custom_emoji_revision.revision + 1
     RETURNING revision`,
    [],
  ))!; // it always answers one row
  return revision;
}

export const removeEmoji = write(async (db: Driver, input: Input<"removeEmoji">) => {
  const { userId, name, address, now } = input;
  await db.lockNames();
  const user = await requireActive(db, userId);
  const found = await db.get<EmojiRow>(
    `SELECT ${COLUMNS} FROM custom_emoji AS e WHERE e.name = ?`,
    [name],
  );
  if (found === undefined) throw notFound("emoji");
  if (mayRemoveEmoji(user, { isOwn: found.user_id === userId }) !== "allowed") {
    throw new ConfabError("forbidden", "Only who added it, the owner and admins may remove it.");
  }
  await db.run("DELETE FROM custom_emoji WHERE name = ?", [name]);
  await recordAudit(db, {
    actor: { id: userId },
    action: "emoji.removed",
    target: { kind: "emoji", name },
    detail: { maker: found.user_id },
    address,
    at: now,
  });
  const revision = await raiseRevision(db);
  return {
    result: { blob: found.blob },
    changes: [{ type: "emoji", revision, name, emoji: null }],
  };
});
