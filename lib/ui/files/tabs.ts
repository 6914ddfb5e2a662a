/** The headings of a room's lists, in order. */
import type { FileKind } from "../../protocol/files.ts";

export type FileTab = FileKind | "link";

export const FILE_TABS: readonly FileTab[] = ["picture", "media", "file", "voice", "link"];
