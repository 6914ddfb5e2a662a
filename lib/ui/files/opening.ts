/**
 * Opening a file above the chat, with the others of the conversation beside it. It must not know
 * what the viewer looks like.
 */
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import { type ShownFile, useView, type View } from "../view.ts";
import { opens } from "./kinds.ts";

/** What a link to the file does when it is clicked; with a key held down it does what links do. */
export function useOpener(file: File, message: Message): (event: MouseEvent) => void {
  const view = useView();
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openViewer(view, around(view, message), file.id);
  };
}

export function openViewer(view: View, files: readonly ShownFile[], file: number): void {
  const at = files.findIndex((one) => one.file.id === file);
  if (at >= 0) view.dialog.value = { kind: "viewer", files, at };
}

/** All that opens of what is loaded of the conversation; of a message from elsewhere its own. */
function around({ state }: View, message: Message): ShownFile[] {
  const loaded = state.timeline.peek()?.messages ?? [];
  const here = loaded.some(({ id }) => id === message.id) ? loaded : [message];
  return here.filter(({ deletedAt }) => deletedAt === null).flatMap((one) =>
    one.files.filter(opens).map((each) => ({ file: each, message: one }))
  );
}
