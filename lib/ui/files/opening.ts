/**
 * Opening a file above the chat, with the others of the conversation, or of the list that it stands
 * in, beside it. It must not know what the viewer looks like.
 */
import { useContext } from "preact/hooks";
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import { type ShownFile, useView, type View } from "../view.ts";
import { Beside } from "./beside.ts";
import { opens } from "./kinds.ts";

/** What a link to the file does when it is clicked; with a key held down it does what links do. */
export function useOpener(
  file: File,
  message: ShownFile["message"],
): (event: MouseEvent) => void {
  const view = useView();
  const listed = useContext(Beside);
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const beside = (listed ?? conversation(view)).filter((one) => opens(one.file));
    const at = beside.findIndex((one) => one.file.id === file.id);
    const shown = at < 0 ? { files: [{ file, message }], at: 0 } : { files: beside, at };
    // A list says no texts: not here either.
    const loaded = listed ? undefined : () => loadedOf(view);
    view.dialog.value = { kind: "viewer", ...shown, loaded };
  };
}

function conversation(view: View): ShownFile[] {
  return loadedOf(view).filter(({ deletedAt }) => deletedAt === null).flatMap((message) =>
    message.files.map((file) => ({ file, message }))
  );
}

/** What is loaded of the conversation: who is no member sees the newest messages of a public room. */
function loadedOf({ state: { timeline, preview } }: View): readonly Message[] {
  return (timeline.value ?? preview.value)?.messages ?? [];
}
