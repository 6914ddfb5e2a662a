/** What opens beside the room and belongs to no room: one's threads, and what one has planned. */
import { badgeCount } from "../catalogue/numbers.ts";
import { Icon } from "../parts/Icon.tsx";
import { useView } from "../view.ts";

/** One's threads, and in how many something is new. */
export function ThreadsLink() {
  const { words, state, pane } = useView();
  const open = pane.value?.kind === "threads";
  let waiting = 0;
  for (const { membership } of state.rooms.value.values()) waiting += membership.threads;
  return (
    <button
      type="button"
      class={waiting > 0 ? "room-link fresh" : "room-link"}
      aria-controls="threads"
      aria-expanded={open ? "true" : "false"}
      onClick={() => pane.value = open ? null : { kind: "threads" }}
    >
      <Icon name="thread" />
      <span class="grow">{words.thread.mine}</span>
      {waiting > 0 && (
        <span class="badge">
          <span aria-hidden="true">{badgeCount(waiting)}</span>
          <span class="hidden">{words.thread.waiting(badgeCount(waiting), waiting)}</span>
        </span>
      )}
    </button>
  );
}

/** What is due, or could not be sent, is counted: what merely waits needs nobody. */
export function LaterLink() {
  const { words, state, pane } = useView();
  const { due, failed } = state.later.value;
  const isOpen = pane.value?.kind === "later";
  return (
    <button
      type="button"
      class="room-link"
      aria-expanded={isOpen ? "true" : "false"}
      aria-controls="later"
      onClick={() => pane.value = isOpen ? null : { kind: "later" }}
    >
      <Icon name="clock" />
      <span class="grow">{words.sidebar.later}</span>
      {due + failed > 0 && (
        <>
          <span class="badge" aria-hidden="true">{due + failed}</span>
          <span class="hidden">{words.sidebar.laterDue(`${due + failed}`)}</span>
        </>
      )}
    </button>
  );
}
