/** A video in place, with the browser's own controls; where it cannot be played, a file to fetch. */
import { dialogWords } from "../catalogue/dialogs.ts";
import { useTabIndex } from "../text/tab_index.ts";
import { useView } from "../view.ts";
import { FileCard } from "./FileCard.tsx";
import { fitted, pictureSize } from "./layout.ts";
import type { FileProps } from "./file_props.ts";
import { usePlayed } from "./played.ts";

export function VideoFile({ file, message }: FileProps) {
  const { language } = useView();
  const words = dialogWords(language);
  const tabIndex = useTabIndex();
  const { failed, handlers } = usePlayed<HTMLVideoElement>();
  if (failed) return <FileCard file={file} message={message} note={words.files.notPlayed} />;
  const size = fitted(pictureSize(file));
  return (
    <video
      class="video"
      controls
      playsInline
      preload={file.thumbnail === null ? "metadata" : "none"}
      poster={file.thumbnail ?? undefined}
      src={file.url}
      width={size.width}
      height={size.height}
      aria-label={file.alt || words.files.video(file.name)}
      tabIndex={tabIndex}
      {...handlers}
    />
  );
}
