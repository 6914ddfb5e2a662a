/** A file on its way, for tests of views. */
import type { Attachment } from "../../../lib/client/uploads_model.ts";

export function attachment(over: Partial<Attachment> = {}): Attachment {
  return {
    local: "file-0",
    name: "report.pdf",
    type: "application/pdf",
    size: 100,
    chosen: 100,
    smaller: null,
    original: false,
    state: "waiting",
    sent: 0,
    file: null,
    alt: "",
    error: null,
    voice: null,
    width: null,
    height: null,
    ...over,
  };
}
