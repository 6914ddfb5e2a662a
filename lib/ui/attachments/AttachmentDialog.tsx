/** One file that goes along with what is being written: seen larger, described, moved, sent as it is. */
import { useEffect, useState } from "preact/hooks";
import type { DraftKey } from "../../client/draft.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { useDialogView } from "../dialog_view.ts";
import { canBeDescribed } from "../files/kinds.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { AltField, OriginalField, PlaceField } from "./AttachmentDetails.tsx";
import { usePreview } from "./preview.ts";
import { sayFault, sayState } from "./saying.ts";
import { VoicePreview } from "./VoicePreview.tsx";

export interface AttachmentDialogProps {
  home: DraftKey;
  local: string;
  onClose: () => void;
}

export function AttachmentDialog({ home, local, onClose }: AttachmentDialogProps) {
  const { state, words, actions } = useDialogView();
  const all = state.attachments.value.get(home) ?? [];
  const at = all.findIndex((one) => one.local === local);
  const attachment = all[at];
  // It was sent, or removed in another tab.
  useEffect(() => {
    if (attachment === undefined) onClose();
  }, [attachment === undefined]);
  if (attachment === undefined) return null;
  function submit(event: Event) {
    event.preventDefault();
    onClose();
  }
  function remove() {
    onClose();
    actions.detach(home, local);
  }
  return (
    <Dialog
      title={attachment.voice ? words.recording.message : attachment.name}
      onClose={onClose}
    >
      <Look attachment={attachment} />
      <form class="form" onSubmit={submit}>
        <About attachment={attachment} />
        {canBeDescribed(attachment) && <AltField home={home} attachment={attachment} />}
        <OriginalField home={home} attachment={attachment} />
        <PlaceField home={home} attachment={attachment} at={at} of={all.length} />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={remove}>
            <AnyIcon name="trash" /> {words.attachments.details.remove}
          </button>
          <button type="submit" class="button primary">{words.attachments.details.done}</button>
        </div>
      </form>
    </Dialog>
  );
}

function About({ attachment }: { attachment: Attachment }) {
  const view = useDialogView();
  const { size, state } = attachment;
  const how = state === "failed" ? sayFault(view, attachment) : sayState(view, attachment);
  return <p class="hint">{formatSize(size, view.language)} · {how}</p>;
}

/** As large as there is room. */
function Look({ attachment }: { attachment: Attachment }) {
  const address = usePreview(attachment);
  const { type, voice, alt } = attachment;
  if (voice) return <VoicePreview address={address} note={voice} />;
  if (address === null) return null;
  if (type.startsWith("image/")) return <Drawn address={address} alt={alt} />;
  if (type.startsWith("video/")) return <video class="attachment-look" src={address} controls />;
  return type.startsWith("audio/") ? <audio src={address} controls /> : null;
}

/** Nothing where it cannot be drawn after all. */
function Drawn({ address, alt }: { address: string; alt: string }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  return <img class="attachment-look" src={address} alt={alt} onError={() => setBroken(true)} />;
}
