/**
 * What reads PDF documents. The server, and tests, have none: the browser's build puts
 * `pdf_reader_on_demand.ts` in place of this file.
 */
import { type PdfDocument, PdfTrouble } from "./pdf_document.ts";

/** Rejects with `PdfTrouble`. @param url of this server */
export function openPdf(_url: string): Promise<PdfDocument> {
  return Promise.reject(new PdfTrouble("unreadable"));
}
