/**
 * A text file with its first lines. Their place is there before they are, as high as most need; of
 * few lines it becomes as high as they are, before it comes into sight.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { File } from "../../protocol/files.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { useView } from "../view.ts";
import { FileCard } from "./FileCard.tsx";
import type { FileProps } from "./file_props.ts";
import { firstLines, LOOK_BYTES, readText } from "./text_look.ts";

/** Bytes: hardly more than three lines. */
const SHORT = 120;

export function TextCard(props: FileProps) {
  // Of an empty one there are no first lines.
  return props.file.size === 0 ? <FileCard {...props} /> : <WithLines {...props} />;
}

function WithLines(props: FileProps) {
  const { file } = props;
  const { language } = useView();
  const words = dialogWords(language);
  const place = useRef<HTMLPreElement>(null);
  const look = useLook(file, place);
  return (
    <div class="text-card">
      <FileCard {...props} />
      <pre
        ref={place}
        class={look === null
          ? file.size < SHORT ? "first-look short" : "first-look"
          : "first-look read"}
        role="group"
        aria-label={words.files.beginning(file.name)}
        {...UNTRANSLATED}
      >{look === "failed" ? words.files.noLook : look ?? ""}</pre>
    </div>
  );
}

/** Read when it comes into sight; null until then. */
function useLook(
  file: File,
  place: { readonly current: HTMLElement | null },
): string | "failed" | null {
  const [look, setLook] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      readText(file, LOOK_BYTES, leaving.signal).then(
        ({ text }) => setLook(firstLines(text)),
        () => leaving.signal.aborted || setLook("failed"),
      );
    }, { rootMargin: "200px" });
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      leaving.abort();
    };
  }, [file.url]);
  return look;
}
