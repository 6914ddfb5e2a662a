/**
 * Rooms, the user's membership and people, as the rest of the engine sees them. What a first view
 * needs of that is here; what people ask for by hand comes later (`directory_calls.ts`).
 */
import type { RoomPreview } from "../protocol/history.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { DirectoryCalls, DirectoryMeans } from "./directory_calls.ts";
import type { ChatActions } from "./model.ts";
import { onDemand } from "./on_demand.ts";
import { fetched } from "./request_error.ts";

/** What the engine itself asks for, in the midst of what it does. */
interface Looks extends Pick<ChatActions, "showRoom"> {
  previewRoom(room: number): Promise<RoomPreview>;
}

export type Directory = Looks & DirectoryCalls & Pick<ChatActions, "rememberRoom">;

const CALLS = [
  "browseRooms",
  "createRoom",
  "openDirect",
  "updateRoom",
  "joinRoom",
  "leaveRoom",
  "hideRoom",
  "hiddenRooms",
  "members",
  "addMember",
  "removeMember",
  "setNotify",
  "setFavourite",
  "searchUsers",
  "searchMembers",
  "membersAmong",
] as const;

/** @param keptRoom the room that the server already knows was opened last, since it rendered it */
export function createDirectory(means: DirectoryMeans, keptRoom: number | null): Directory {
  const { api, rooms } = means;
  let remembered = keptRoom;
  return {
    ...onDemand(CALLS, async () => {
      const { createDirectoryCalls } = await fetched(import("./directory_calls.ts"));
      return createDirectoryCalls(means);
    }),
    previewRoom: (room) => api<RoomPreview>("GET", `/api/rooms/${room}/preview`),
    async showRoom(room) {
      await api("PATCH", `/api/rooms/${room}/membership`, { hidden: false });
      rooms.merge(await api<MemberRoom>("GET", `/api/rooms/${room}`));
    },
    rememberRoom(room) {
      if (room === remembered) return;
      remembered = room;
      api("PUT", "/api/me/room", { room }).catch(() => {});
    },
  };
}
