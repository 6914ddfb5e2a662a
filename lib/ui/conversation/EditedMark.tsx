/** That a message was edited, and when; it opens what the message said before. */
import type { Message } from "../../protocol/messages.ts";
import { formatMoment } from "../dates.ts";
import { useView } from "../view.ts";
import { useTabIndex } from "./active.ts";

export function EditedMark({ message }: { message: Message }) {
  const { words, clock, dialog } = useView();
  const tabIndex = useTabIndex();
  if (message.editedAt === null) return null;
  return (
    <>
      {" "}
      <button
        type="button"
        class="edited"
        dir="auto"
        tabIndex={tabIndex}
        title={words.message.editedAt(formatMoment(message.editedAt, clock.value, words.dates))}
        onClick={() => dialog.value = { kind: "versions", message }}
      >
        {`(${words.message.edited})`}
      </button>
    </>
  );
}
