/** Rooms' pictures: set by whoever may change the room, seen by whoever sees it. */
import { notFound } from "../errors.ts";
import { mayManageRoom, maySeeRoom } from "../protocol/permissions.ts";
import * as input from "../protocol/room_pictures.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { KeptPicture } from "../protocol/small_pictures.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const setRoomPicture = defineCommand({
  schema: input.setRoomPicture,
  access: inTransaction(mayManageRoom),
  metered: true,
  run: ({ store }, { userId }, { room, picture }): Promise<MemberRoom> =>
    store.setRoomPicture({ userId, room, picture }),
});

export const removeRoomPicture = defineCommand({
  schema: input.removeRoomPicture,
  access: inTransaction(mayManageRoom),
  metered: true,
  run: ({ store }, { userId }, { room }): Promise<MemberRoom> =>
    store.setRoomPicture({ userId, room, picture: null }),
});

export const roomPicture = defineCommand({
  schema: input.roomPicture,
  access: inTransaction(maySeeRoom),
  run: async ({ store }, { userId }, wanted): Promise<KeptPicture> => {
    const picture = await store.roomPicture({ userId, ...wanted });
    if (picture === null) throw notFound("picture");
    return picture;
  },
});
