/** What views know of a PDF document, whatever reads it. */

/** A document that is open, until it is closed. */
export interface PdfDocument {
  readonly pages: number;
  /** Its sides' proportion: width divided by height. */
  shapeOf(page: number): Promise<number>;
  /** Draws a page, counted from 1, so wide (device pixels). Rejects where it cannot be drawn. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>;
  close(): void;
}

/** "locked": it needs a password. */
export class PdfTrouble extends Error {
  constructor(readonly kind: "locked" | "unreadable") {
    super(`The document is ${kind}.`);
  }
}
