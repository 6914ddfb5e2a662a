/** What reads PDF documents, as the browser gets it: with the first one. Stands in place of `pdf_reader.ts`. */
import type { PdfDocument } from "./pdf_document.ts";

export async function openPdf(url: string): Promise<PdfDocument> {
  const { readPdf } = await import("./pdf_reading.ts");
  return await readPdf(url);
}
