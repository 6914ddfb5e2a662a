/** What is said of a file that is on its way, in the reader's words. It must not know where. */
import type { Attachment } from "../../client/uploads_model.ts";
import { formatSize } from "../catalogue/sizes.ts";
import type { DialogView } from "../dialog_view.ts";
import type { Refused } from "./admission.ts";

type Saying = Pick<DialogView, "words" | "language" | "state">;

/** 0 to 100. */
export function percentOf({ sent, size }: Pick<Attachment, "sent" | "size">): number {
  return size === 0 ? 0 : Math.min(100, Math.floor(100 * sent / size));
}

export function sayState({ words, state: chat }: Saying, attachment: Attachment): string {
  const { state } = attachment;
  if (state === "waiting" && chat.connection.value.state === "online") {
    return words.attachments.states.queued;
  }
  return state === "uploading"
    ? words.attachments.states.uploading(percentOf(attachment))
    : words.attachments.states[state];
}

/** Why it was not uploaded. */
export function sayFault({ words, language, state }: Saying, { error }: Attachment): string {
  if (error === null) return words.attachments.states.failed;
  switch (error.code) {
    case "lost":
    case "unreadable":
      return words.attachments.faults[error.code];
    case "too_large": {
      const most = state.limits.value.fileSize;
      const limit = error.limit ?? most;
      if (error.isOwn) return words.attachments.faults.noOwnRoom(formatSize(limit, language));
      return limit <= most
        ? words.attachments.faults.tooLarge(formatSize(limit, language))
        : words.attachments.faults.noRoom;
    }
    case "too_many":
      return words.attachments.refused.many(state.limits.value.filesPerMessage);
    default:
      return words.errors[error.code];
  }
}

/** One sentence for each, and one for all that are too many. */
export function sayRefused(
  { words, language, state }: Saying,
  refused: readonly Refused[],
  folders: readonly string[] = [],
): string {
  const say = words.attachments.refused;
  const { fileSize, filesPerMessage } = state.limits.peek();
  const sentences = [
    ...folders.map((name) => say.folder(name)),
    ...refused.map(({ name, reason }) =>
      reason === "large"
        ? say.large(name, formatSize(fileSize, language))
        : say.many(filesPerMessage)
    ),
  ];
  return [...new Set(sentences)].slice(0, MOST_SAID).join(" ");
}

/** Who drops a folder of a thousand reads no thousand sentences. */
const MOST_SAID = 3;
