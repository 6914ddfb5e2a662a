/** A sound file: what it is, and the browser's own controls below it. */
import { dialogWords } from "../catalogue/dialogs.ts";
import { useTabIndex } from "../text/tab_index.ts";
import { useView } from "../view.ts";
import { FileCard } from "./FileCard.tsx";
import type { FileProps } from "./file_props.ts";
import { usePlayed } from "./played.ts";

export function SoundFile({ file, message }: FileProps) {
  const { language } = useView();
  const words = dialogWords(language);
  const tabIndex = useTabIndex();
  const { failed, handlers } = usePlayed<HTMLAudioElement>();
  return (
    <div class="sound">
      <FileCard file={file} message={message} note={failed ? words.files.notPlayed : undefined} />
      {!failed && (
        <audio
          controls
          preload="none"
          src={file.url}
          aria-label={file.alt || words.files.sound(file.name)}
          tabIndex={tabIndex}
          {...handlers}
        />
      )}
    </div>
  );
}
