/** A text file, from its beginning to what a window can show at once. */
import { useEffect, useState } from "preact/hooks";
import type { File } from "../../../protocol/files.ts";
import { formatSize } from "../../catalogue/sizes.ts";
import { useDialogView } from "../../dialog_view.ts";
import { UNTRANSLATED } from "../../parts/untranslated.ts";
import { type ReadText, readText, WHOLE_BYTES } from "../text_look.ts";

export function TextPage({ file }: { file: File }) {
  const { words, language } = useDialogView();
  const read = useText(file);
  if (read === "failed") return <p class="viewer-note" role="alert">{words.viewer.failed}</p>;
  if (read === null) return <p class="viewer-note">{words.viewer.loading}</p>;
  return (
    <div class="viewer-sheet">
      <pre tabIndex={0} dir="auto" {...UNTRANSLATED}>{read.text || words.files.emptyText}</pre>
      {read.cut && <p class="viewer-more">{words.viewer.cut(formatSize(WHOLE_BYTES, language))}</p>}
    </div>
  );
}

function useText(file: File): ReadText | "failed" | null {
  const [read, setRead] = useState<ReadText | "failed" | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    readText(file, WHOLE_BYTES, leaving.signal).then(
      setRead,
      () => leaving.signal.aborted || setRead("failed"),
    );
    return () => leaving.abort();
  }, [file.url]);
  return read;
}
