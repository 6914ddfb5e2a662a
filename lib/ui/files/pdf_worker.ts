/** The thread in which a PDF document is read. */
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
