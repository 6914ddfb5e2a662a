/** Below the text of the reader's own message on its way: its files, how it stands, what can be done. */
import type { PendingMessage } from "../../client/model.ts";
import { PendingFiles } from "../attachments/PendingFiles.tsx";
import { useDialogView } from "../dialog_view.ts";
import { FailedNote } from "./FailedNote.tsx";

export function PendingRest({ pending }: { pending: PendingMessage }) {
  const hasFiles = pending.attachments.length > 0;
  return (
    <>
      {hasFiles && <PendingFiles pending={pending} />}
      {pending.state === "failed"
        ? <FailedNote pending={pending} />
        : !hasFiles && <TextOnItsWay clientId={pending.clientId} />}
    </>
  );
}

/** Without a connection it has not left, unless it had before: then nobody knows. */
function TextOnItsWay({ clientId }: { clientId: string }) {
  const { words, state, actions } = useDialogView();
  // Nothing leaves until this changes.
  const waits = state.connection.value.state !== "online";
  return (
    <p class="pending-note">
      {waits ? words.attachments.states.waiting : words.message.sending}
      {waits && actions.mayTakeBack(clientId) && (
        <>
          {" "}
          <button type="button" class="link-button" onClick={() => actions.takeBack(clientId)}>
            {words.attachments.takeBack}
          </button>
        </>
      )}
    </p>
  );
}
