/** Where no bytes are kept: for tests of the rest. */
import type { FileHost } from "../../lib/chat/command.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";

export const NO_FILES: FileHost = {
  mostBytes: LIMITS.fileSize,
  space: { user: null, all: null },
  requireDisk: () => Promise.resolve(),
  cleanUp() {},
};
