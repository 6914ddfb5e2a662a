/** A video, as large as the window allows, with the browser's own controls. */
import type { File } from "../../../protocol/files.ts";
import { useDialogView } from "../../dialog_view.ts";
import { usePlayed } from "../played.ts";

export function VideoStage({ file }: { file: File }) {
  const { words } = useDialogView();
  const { failed, handlers } = usePlayed<HTMLVideoElement>();
  return (
    <div class="viewer-stage">
      {failed ? <p class="viewer-note" role="alert">{words.files.notPlayed}</p> : (
        <video
          class="viewer-video"
          controls
          playsInline
          autoPlay
          src={file.url}
          poster={file.thumbnail ?? undefined}
          aria-label={file.alt || words.files.video(file.name)}
          {...handlers}
        />
      )}
    </div>
  );
}
