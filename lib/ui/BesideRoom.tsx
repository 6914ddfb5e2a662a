/**
 * The place beside the room, and what stands in it: see `pane.ts`. Most readers open little of it,
 * so all is fetched once the page is at rest (`at_rest.ts`).
 */
import { useAtRest } from "./parts/at_rest.ts";
import { laterStyles } from "./parts/later_styles.ts";
import { keyOf, paneIn } from "./pane.ts";
import { useView } from "./view.ts";

async function loadPanes() {
  const [panes] = await Promise.all([import("./panes.ts"), laterStyles()]);
  return panes;
}

/** Beside the room and not in it: what was fetched once stays for the next room. */
export function BesideRoom() {
  const { state, pane, toast, words } = useView();
  const wanted = paneIn(pane.value, state.openRoom.value);
  const panes = useAtRest(loadPanes, wanted !== null, () => {
    pane.value = null;
    toast.value = words.connection.unreachable;
  });
  if (wanted === null || !panes) return null;
  if (wanted.kind === "threads") return <panes.ThreadsPanel />;
  if (wanted.kind === "later") return <panes.LaterPane />;
  const room = state.rooms.value.get(state.openRoom.value ?? 0);
  if (room === undefined) return null;
  switch (wanted.kind) {
    case "members":
      return <panes.MembersPanel key={room.id} room={room} />;
    case "topics":
      return <panes.TopicsPanel key={`topics ${room.id}`} room={room} />;
    case "files":
      return <panes.RoomFilesPanel key={`files ${room.id}`} room={room} />;
    case "thread":
      return <panes.ThreadPanel key={keyOf(wanted)} pane={wanted} room={room} />;
  }
}
