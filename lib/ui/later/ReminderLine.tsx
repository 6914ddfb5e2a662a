/** The time has come of which the reader wanted to be reminded: it stays until they have dealt with it. */
import { useDialogView } from "../dialog_view.ts";
import { plainName } from "../names.ts";
import { SaidInALine } from "../files/SaidInALine.tsx";
import { ReminderActs } from "./ReminderEntry.tsx";

export function ReminderLine() {
  const { words, state } = useDialogView();
  const [reminder] = state.reminded.value;
  const author = reminder && state.users.value.get(reminder.message.userId);
  return (
    <div role="alert">
      {reminder && (
        <div class="withheld-line sign-ins reminder-line">
          <div class="grow">
            <p>{words.later.reminder(author ? plainName(author) : reminder.message.username)}</p>
            <p class="later-text" dir="auto">
              <SaidInALine said={reminder.message} />
            </p>
          </div>
          <ReminderActs key={reminder.message.id} reminder={reminder} />
        </div>
      )}
    </div>
  );
}
