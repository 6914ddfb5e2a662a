/** A PDF document cannot be shown in place yet. */
import type { File } from "../../../protocol/files.ts";
import { useDialogView } from "../../dialog_view.ts";

export function PdfPages(_props: { file: File }) {
  const { words } = useDialogView();
  return <p class="viewer-note">{words.viewer.noPdf}</p>;
}
