/**
 * A PDF document with the top of its first page. What draws it is large, and is fetched when the
 * first such card comes into sight: not where the reader saves data, nor for a large document. The
 * page's place is there before it is drawn: nothing moves.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { dialogWords } from "../catalogue/dialogs.ts";
import { whenIdle } from "../parts/idle.ts";
import { useView } from "../view.ts";
import { FileCard } from "./FileCard.tsx";
import type { FileProps } from "./file_props.ts";
import { useOpener } from "./opening.ts";
import { useDraw, usePdf } from "./pdf.ts";

/** Bytes: a larger one is looked at when it is opened. */
const LOOKED_AT = 30_000_000;

export function PdfCard(props: FileProps) {
  if (props.file.size > LOOKED_AT) return <FileCard {...props} />;
  return (
    <div class="text-card">
      <FileCard {...props} />
      <FirstPage {...props} />
    </div>
  );
}

/** Only to be seen: the card leads there too, and says where. */
function FirstPage({ file, message }: FileProps) {
  const { language } = useView();
  const words = dialogWords(language);
  const place = useRef<HTMLAnchorElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const inSight = useSight(place);
  const [isOver, setOver] = useState(false);
  const pdf = usePdf(file, inSight && !isOver);
  const open = useOpener(file, message);
  const opened = typeof pdf === "string" ? null : pdf;
  const failed = useDraw(opened, 1, canvas, true, () => setOver(true));
  return (
    <a
      ref={place}
      class="pdf-look opens"
      href={file.url}
      target="_blank"
      rel="noopener"
      tabIndex={-1}
      aria-hidden="true"
      onClick={open}
    >
      {failed || typeof pdf === "string"
        ? <span>{words.files.noLook}</span>
        : <canvas ref={canvas} />}
    </a>
  );
}

interface Network {
  connection?: { saveData?: boolean };
}

/** Once it has been in sight with nothing else to do. */
function useSight(place: { readonly current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if ((navigator as Network).connection?.saveData) return;
    let stop = () => {};
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      stop = whenIdle(() => setSeen(true));
    });
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      stop();
    };
  }, []);
  return seen;
}
