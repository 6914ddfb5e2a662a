/** The place of the open dialog. Reading and writing need none of them: see `at_rest.ts`. */
import { useAtRest } from "../parts/at_rest.ts";
import { laterStyles } from "../parts/later_styles.ts";
import { useView } from "../view.ts";

async function loadDialog() {
  const [{ OpenDialog }] = await Promise.all([import("./OpenDialog.tsx"), laterStyles()]);
  return OpenDialog;
}

export function Dialogs() {
  const { dialog, toast, words } = useView();
  const wanted = dialog.value !== null;
  const Open = useAtRest(loadDialog, wanted, () => {
    dialog.value = null;
    toast.value = words.connection.unreachable;
  });
  return Open && wanted ? <Open /> : null;
}
