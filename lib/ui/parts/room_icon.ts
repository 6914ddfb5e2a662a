/** Which icon stands for a room, wherever its people's pictures do not. Pure. */
import type { Room } from "../../protocol/rooms.ts";
import type { IconName } from "./Icon.tsx";

export function roomIcon({ archived, kind }: Pick<Room, "archived" | "kind">): IconName {
  if (archived) return "archive";
  return ({ direct: "people", private: "lock", public: "hash" } as const)[kind];
}
