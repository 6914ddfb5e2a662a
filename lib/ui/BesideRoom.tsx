/**
 * The place beside the room, and what stands in it: see `pane.ts`. Most readers open none of it, so
 * each is fetched once the page is at rest (`at_rest.ts`).
 */
import { useAtRest } from "./parts/at_rest.ts";
import { paneIn } from "./pane.ts";
import { useView } from "./view.ts";

const loadMembers = async () => (await import("./room/MembersPanel.tsx")).MembersPanel;

/** Beside the room and not in it: what was fetched once stays for the next room. */
export function BesideRoom() {
  const { state, pane, toast, words } = useView();
  const wanted = paneIn(pane.value, state.openRoom.value);
  const MembersPanel = useAtRest(loadMembers, wanted?.kind === "members", () => {
    pane.value = null;
    toast.value = words.errors.offline;
  });
  const room = state.rooms.value.get(state.openRoom.value ?? 0);
  if (wanted?.kind !== "members" || !MembersPanel || !room) return null;
  return <MembersPanel key={room.id} room={room} />;
}
