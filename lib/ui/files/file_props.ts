/** What every view of a file is given. */
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";

export interface FileProps {
  file: File;
  message: Message;
}
