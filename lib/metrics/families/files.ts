/** Files on their way in. */
import { type Family, one } from "./family.ts";

export const FILES: readonly Family[] = [
  {
    name: "confab_uploads_open",
    type: "gauge",
    help: "Uploads from which bytes are coming now, or are to come.",
    read: ({ counts }) => one(counts.files.open),
  },
  {
    name: "confab_upload_bytes_total",
    type: "counter",
    help: "Bytes of files that arrived, also of those that were never complete.",
    read: ({ counts }) => one(counts.files.bytes),
  },
  {
    name: "confab_files_total",
    type: "counter",
    help: "Uploads that were complete, and became files.",
    read: ({ counts }) => one(counts.files.complete),
  },
];
