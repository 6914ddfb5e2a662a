/** The place of the list of members, which most never open: see `at_rest.ts`. */
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";

const loadPanel = async () => (await import("./MembersPanel.tsx")).MembersPanel;

/** Beside the room and not in it: what was fetched once stays for the next room. */
export function Members() {
  const { state, membersOpen, toast, words } = useView();
  const wanted = membersOpen.value;
  const Panel = useAtRest(
    loadPanel,
    wanted,
    () => {
      membersOpen.value = false;
      toast.value = words.errors.offline;
    },
  );
  const room = state.rooms.value.get(state.openRoom.value ?? 0);
  return Panel && wanted && room ? <Panel key={room.id} room={room} /> : null;
}
