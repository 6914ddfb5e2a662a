/** Rooms' pictures. `rooms.picture` is the address of the one of now. */
import { mayManageRoom, maySeeRoom } from "../../protocol/permissions.ts";
import { roomPicturePath } from "../../protocol/picture_paths.ts";
import type { Driver } from "../driver.ts";
import type { KeptPicture } from "../../protocol/small_pictures.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { requireMemberRoom } from "./parts/membership.ts";
import { requireStanding } from "./parts/standing.ts";

export const setRoomPicture = write(async (db: Driver, input: Input<"setRoomPicture">) => {
  const { userId, room, picture } = input;
  await db.lockRoom(room);
  const sentence = "Only the room's owner and the staff may change this room.";
  await requireStanding(db, userId, room, mayManageRoom, sentence);
  const before = await requireMemberRoom(db, room, userId);
  const path = picture === null ? null : roomPicturePath(room, picture.version);
  if (path === (before.picture ?? null)) return { result: before, changes: NO_CHANGES };
  await db.run("DELETE FROM room_pictures WHERE room_id = ?", [room]);
  if (picture !== null) {
    await db.run(
      "INSERT INTO room_pictures (room_id, version, type, data) VALUES (?, ?, ?, ?)",
      [room, picture.version, picture.type, picture.data],
    );
  }
  await db.run("UPDATE rooms SET picture = ? WHERE id = ?", [path, room]);
  const result = await requireMemberRoom(db, room, userId);
  return { result, changes: [{ type: "room", room }] };
});

export const roomPicture = read(async (db: Driver, input: Input<"roomPicture">) => {
  const { userId, room, version } = input;
  await requireStanding(db, userId, room, maySeeRoom, "You may not see this room.");
  const picture = await db.get<KeptPicture>(
    "SELECT type, data FROM room_pictures WHERE room_id = ? AND version = ?",
    [room, version],
  );
  return picture ?? null;
});
