/** The rooms of a list in the browser, where each lives: see `kept_links.ts`. */
import { type ComponentChildren, h } from "preact";
import { RoomLink, type RoomLinkProps } from "./RoomLink.tsx";

export function useRoomLinks(links: readonly RoomLinkProps[]): ComponentChildren {
  return links.map((link) => h("li", { key: link.room.id }, h(RoomLink, link)));
}

export { sortRooms as useSortedRooms } from "../names.ts";
