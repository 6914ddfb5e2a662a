/** The menu of the open room, with what it offers. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import { useDialogView } from "../dialog_view.ts";
import { Menu, type MenuProps } from "../parts/Menu.tsx";
import { roomMenu } from "./room_menu.ts";

export function RoomMenuGroups(
  { room, ...menu }: { room: MemberRoom } & Pick<MenuProps, "label" | "icon" | "startOpen">,
) {
  return <Menu {...menu} groups={roomMenu(useDialogView(), room)} />;
}
