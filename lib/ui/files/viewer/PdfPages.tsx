/**
 * A PDF document above the chat, page below page; each is drawn when it comes into sight. Its place
 * has the shape of the first page before that.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { File } from "../../../protocol/files.ts";
import { useDialogView } from "../../dialog_view.ts";
import { type OpenPdf, useDraw, usePdf } from "../pdf.ts";

/** Who reads on fetches it: a book in pictures would fill a phone's memory. */
const MOST_PAGES = 100;

export function PdfPages({ file }: { file: File }) {
  const { words } = useDialogView();
  const pdf = usePdf(file, true);
  const list = useRef<HTMLDivElement>(null);
  if (pdf === "locked") return <p class="viewer-note" role="alert">{words.viewer.locked}</p>;
  if (pdf === "unreadable") return <p class="viewer-note" role="alert">{words.viewer.noPdf}</p>;
  if (pdf === null) return <p class="viewer-note">{words.viewer.loading}</p>;
  const shown = Math.min(pdf.document.pages, MOST_PAGES);
  return (
    <div ref={list} class="viewer-sheet pdf-pages" tabIndex={0}>
      {Array.from({ length: shown }, (_, at) => <PdfPage key={at} pdf={pdf} page={at + 1} />)}
      {pdf.document.pages > shown && (
        <p class="viewer-more">{words.viewer.morePages(pdf.document.pages - shown)}</p>
      )}
    </div>
  );
}

function PdfPage({ pdf, page }: { pdf: OpenPdf; page: number }) {
  const { words } = useDialogView();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { root: place.current!.parentElement, rootMargin: "100%" },
    );
    watcher.observe(place.current!);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    place.current!.style.aspectRatio = String(pdf.shape);
  }, [pdf.shape]);
  const failed = useDraw(pdf, page, canvas, near);
  return (
    <div ref={place} class="pdf-page">
      {/* Far from sight its picture is given up: each takes some megabytes. */}
      {near && (
        <canvas
          ref={canvas}
          role="img"
          aria-label={words.viewer.page(page, pdf.document.pages)}
        />
      )}
      {failed && <p class="viewer-note">{words.viewer.failed}</p>}
    </div>
  );
}
