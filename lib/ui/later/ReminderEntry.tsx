/** A message of which the reader is reminded: the message, the time, and what can be done. */
import type { Reminder } from "../../protocol/reminders.ts";
import { useDialogView } from "../dialog_view.ts";
import { messageLines } from "../files/in_lines.ts";
import { Byline } from "../parts/Byline.tsx";
import { Name } from "../parts/Name.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { attempt, titleOf } from "../view.ts";
import { Moment } from "./Moment.tsx";

export function ReminderEntry({ reminder }: { reminder: Reminder }) {
  const view = useDialogView();
  const { state, words } = view;
  const { message, at } = reminder;
  const room = state.rooms.value.get(message.room);
  return (
    <li class="later-entry">
      <p class="later-byline">
        <Byline users={state.users.value} message={message} />
      </p>
      <p class="handle">
        {room && (
          <>
            <Name>{titleOf(view, room)}</Name>
            {" · "}
          </>
        )}
        <Moment at={at} />
      </p>
      <p class="later-text" dir="auto">{messageLines(message, words)}</p>
      <ReminderActs reminder={reminder} />
    </li>
  );
}

/** Also on the line that says that its time has come. */
export function ReminderActs({ reminder }: { reminder: Reminder }) {
  const view = useDialogView();
  const { words, actions, dialog } = view;
  const { message, at, due } = reminder;
  const { id, room, seq } = message;
  function move(): void {
    dialog.value = {
      kind: "when",
      of: "remind",
      at: due ? 0 : at,
      run: async (at) => (await actions.later()).remind(id, at),
    };
  }
  return (
    <div class="later-acts">
      <PlaceLink class="button small" place={{ room, seq }}>{words.later.open}</PlaceLink>
      <button type="button" class="button small" onClick={move}>
        {due ? words.later.later : words.later.time}
      </button>
      <button
        type="button"
        class="button small"
        onClick={() => void attempt(view, async () => (await actions.later()).dismiss(id))}
      >
        {due ? words.later.done : words.later.remove}
      </button>
    </div>
  );
}
