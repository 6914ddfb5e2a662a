/** People's pictures. `users.avatar` is the address of the one of now. */
import { maySeeUser } from "../../protocol/permissions.ts";
import { avatarPath } from "../../protocol/picture_paths.ts";
import type { Driver } from "../driver.ts";
import type { KeptPicture } from "../../protocol/small_pictures.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { shareARoom } from "./parts/acquainted.ts";
import { requireActive, requireEnabled, requireMe } from "./parts/users.ts";

export const setAvatar = write(async (db: Driver, input: Input<"setAvatar">) => {
  const { userId, picture } = input;
  await db.lockUser(userId);
  const before = await requireMe(db, userId);
  requireEnabled(before);
  const avatar = picture === null ? null : avatarPath(userId, picture.version);
  if (avatar === before.avatar) return { result: before, changes: NO_CHANGES };
  await db.run("DELETE FROM avatars WHERE user_id = ?", [userId]);
  if (picture !== null) {
    await db.run(
      "INSERT INTO avatars (user_id, version, type, data) VALUES (?, ?, ?, ?)",
      [userId, picture.version, picture.type, picture.data],
    );
  }
  await db.run("UPDATE users SET avatar = ? WHERE id = ?", [avatar, userId]);
  const result = { ...before, avatar };
  // What only the user sees.
  const { language: _language, theme: _theme, showLocalTime: _show, ...user } = result;
  return { result, changes: [{ type: "user", user }] };
});

export const avatarPicture = read(async (db: Driver, input: Input<"avatarPicture">) => {
  const { userId, id, version } = input;
  const asking = await requireActive(db, userId);
  const acquainted = userId === id || await shareARoom(db, userId, id);
  if (maySeeUser(asking, acquainted) !== "allowed") return null;
  const picture = await db.get<KeptPicture>(
    "SELECT type, data FROM avatars WHERE user_id = ? AND version = ?",
    [id, version],
  );
  return picture ?? null;
});
