/**
 * Reads PDF documents in the browser, by PDF.js in a Worker of its own, which ends with the document:
 * whatever a hostile one does there, the page goes on. Nothing in it runs: no scripts, no forms, and
 * the page's Content-Security-Policy allows neither `eval` nor WebAssembly.
 */
import { getDocument, type PDFDocumentProxy, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type PdfDocument, PdfTrouble } from "./pdf_document.ts";

/** Pixels of a picture in a document, and of a page as it is drawn: more is a bomb. */
const MOST_PIXELS = 32_000_000;
/** Milliseconds for the document's beginning, and for a page. */
const PATIENCE = 20_000;
/** What is asked for at a time: most of a long document is never fetched. */
const PORTION = 128 * 1024;

/** Rejects with `PdfTrouble`. @param url of this server */
export async function readPdf(url: string): Promise<PdfDocument> {
  const thread = new Worker(new URL("./pdf_worker.ts", import.meta.url), {
    type: "module",
    name: "pdf",
  });
  const worker = PDFWorker.create({ port: thread });
  const task = getDocument({
    url,
    worker,
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: PORTION,
    maxImageSize: MOST_PIXELS,
    canvasMaxAreaInBytes: MOST_PIXELS * 4,
    useWasm: false,
    enableXfa: false,
    useSystemFonts: true,
    verbosity: 0,
  });
  function close() {
    void task.destroy().catch(() => {});
    thread.terminate();
  }
  try {
    return opened(await inTime(task.promise), close);
  } catch (error) {
    close();
    throw new PdfTrouble(
      (error as Error | null)?.name === "PasswordException" ? "locked" : "unreadable",
    );
  }
}

function opened(document: PDFDocumentProxy, close: () => void): PdfDocument {
  return {
    pages: document.numPages,
    close,
    async shapeOf(page) {
      const { width, height } = (await inTime(document.getPage(page))).getViewport({ scale: 1 });
      return width / height;
    },
    async draw(number, canvas, wanted) {
      const page = await inTime(document.getPage(number));
      const whole = page.getViewport({ scale: 1 });
      const fits = Math.sqrt(MOST_PIXELS / 4 / (whole.width * whole.height));
      const viewport = page.getViewport({ scale: Math.min(wanted / whole.width, fits) });
      canvas.width = Math.max(1, Math.round(viewport.width));
      canvas.height = Math.max(1, Math.round(viewport.height));
      const drawing = page.render({ canvas, viewport });
      try {
        await inTime(drawing.promise);
      } catch (error) {
        drawing.cancel();
        throw error;
      } finally {
        page.cleanup();
      }
    },
  };
}

/** A document that keeps its Worker busy for ever is given up. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PdfTrouble("unreadable")), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
