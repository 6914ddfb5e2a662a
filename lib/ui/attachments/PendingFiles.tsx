/**
 * The files of the reader's own message that is on its way, as they will be shown: so that nothing moves
 * when it has arrived. Below them how far they are, and the ways to try again or to take it back.
 */
import type { PendingMessage } from "../../client/model.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import { loadViews, viewsAtHand } from "../files/shown.ts";
import { useDialogView } from "../dialog_view.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { useAnnounced } from "./announcing.ts";
import { usePreview, usePreviews } from "./preview.ts";
import { percentOf, sayFault, sayState } from "./saying.ts";
import { shownMessage } from "./shown_message.ts";
import { VoicePreview } from "./VoicePreview.tsx";

export function PendingFiles({ pending }: { pending: PendingMessage }) {
  const { attachments } = pending;
  const told = useAnnounced(attachments, "sent");
  return (
    <>
      {attachments.filter(({ voice }) => voice !== null).map((attachment) => (
        <Voice key={attachment.local} attachment={attachment} />
      ))}
      <Others pending={pending} />
      {attachments.filter(({ state }) => state === "failed").map((attachment) => (
        <Fault key={attachment.local} attachment={attachment} />
      ))}
      <p class="hidden" role="status">{told.value}</p>
      {pending.state === "pending" && <OnTheWay pending={pending} />}
    </>
  );
}

function Voice({ attachment }: { attachment: Attachment }) {
  const address = usePreview(attachment);
  return (
    <div class="pending-voice">
      <VoicePreview address={address} note={attachment.voice!} />
    </div>
  );
}

/** They can be opened once they are there; until then they are seen, and named. */
function Others({ pending }: { pending: PendingMessage }) {
  const { state, words } = useDialogView();
  const others = pending.attachments.filter(({ voice }) => voice === null);
  const addresses = usePreviews(others);
  const loaded = useAtRest(loadViews, true);
  const views = viewsAtHand() ?? loaded;
  if (others.length === 0 || views === null) return null;
  const message = shownMessage(pending, others, addresses, state.me.value);
  return (
    <>
      <div class="files pending-files" inert>
        <views.MessageFiles message={message} />
      </div>
      <ul class="hidden" aria-label={words.attachments.list}>
        {others.map(({ local, name, alt }) => <li key={local}>{alt ? `${name}: ${alt}` : name}
        </li>)}
      </ul>
    </>
  );
}

function Fault({ attachment }: { attachment: Attachment }) {
  const view = useDialogView();
  const { words, actions } = view;
  return (
    <p class="field-error">
      <bdi>{attachment.name}</bdi>: {sayFault(view, attachment)}{" "}
      <button
        type="button"
        class="link-button"
        aria-label={words.attachments.retry(attachment.name)}
        onClick={() => actions.retryUpload(attachment.local)}
      >
        {words.recording.tryAgain}
      </button>
    </p>
  );
}

/** As long as a file is missing the message has not left: it can become a draft again. */
function OnTheWay({ pending: { clientId, attachments } }: { pending: PendingMessage }) {
  const view = useDialogView();
  const { words, actions } = view;
  const left = attachments.filter(({ state }) => state !== "ready");
  if (left.length === 0) return <p class="pending-note">{words.message.sending}</p>;
  const one = left.find(({ state }) => state === "uploading") ?? left[0]!;
  const percent = percentOf(totalOf(attachments));
  return (
    <div class="pending-way">
      {one.state === "uploading" && <progress max={100} value={percent} aria-hidden="true" />}
      <span>
        {one.state === "uploading"
          ? words.attachments.states.uploading(percent)
          : sayState(view, one)}
      </span>
      <button type="button" class="link-button" onClick={() => actions.takeBack(clientId)}>
        {words.attachments.takeBack}
      </button>
    </div>
  );
}

function totalOf(attachments: readonly Attachment[]): { sent: number; size: number } {
  let [sent, size] = [0, 0];
  for (const one of attachments) {
    size += one.size;
    sent += one.state === "ready" ? one.size : one.sent;
  }
  return { sent, size };
}
