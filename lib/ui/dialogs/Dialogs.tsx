/** The place of the open dialog. Reading and writing need none of them: see `at_rest.ts`. */
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";

const loadDialog = async () => (await import("./OpenDialog.tsx")).OpenDialog;

export function Dialogs() {
  const { dialog, toast, words } = useView();
  const wanted = dialog.value !== null;
  const Open = useAtRest(loadDialog, wanted, () => {
    dialog.value = null;
    toast.value = words.errors.offline;
  });
  return Open && wanted ? <Open /> : null;
}
