/** PDF documents in views: opened while they are wanted, their pages drawn into canvases. */
import { useEffect, useState } from "preact/hooks";
import type { File } from "../../protocol/files.ts";
import { type PdfDocument, PdfTrouble } from "./pdf_document.ts";
import { openPdf } from "./pdf_reader.ts";

export interface OpenPdf {
  document: PdfDocument;
  /** The first page's width, divided by its height. */
  shape: number;
}

/** Null until it is open; closed when it is not wanted any more. */
export function usePdf(file: File, wanted: boolean): OpenPdf | "locked" | "unreadable" | null {
  const [pdf, setPdf] = useState<OpenPdf | "locked" | "unreadable" | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    let close = () => {};
    open(file.url).then((opened) => {
      close = opened.document.close;
      if (left) close();
      else setPdf(opened);
    }, (error) => left || setPdf(error instanceof PdfTrouble ? error.kind : "unreadable"));
    return () => {
      left = true;
      close();
      setPdf(null);
    };
  }, [file.url, wanted]);
  return pdf;
}

async function open(url: string): Promise<OpenPdf> {
  const document = await openPdf(url);
  try {
    return { document, shape: await document.shapeOf(1) };
  } catch (error) {
    document.close();
    throw error;
  }
}

/**
 * Draws a page as wide as its canvas is shown.
 * @param ended called once it is drawn, or cannot be
 * @returns whether that failed
 */
export function useDraw(
  pdf: OpenPdf | null,
  page: number,
  canvas: { readonly current: HTMLCanvasElement | null },
  wanted: boolean,
  ended: () => void = () => {},
): boolean {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const here = canvas.current;
    if (pdf === null || !wanted || here === null) return;
    let left = false;
    const width = here.clientWidth * Math.min(2, devicePixelRatio);
    pdf.document.draw(page, here, width).catch(() => left || setFailed(true))
      .then(() => left || ended());
    return () => {
      left = true;
    };
  }, [pdf, page, wanted]);
  return failed;
}
