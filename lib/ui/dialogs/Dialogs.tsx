/**
 * The place of the open dialog. Reading and writing need none of them, so they are fetched once
 * the page is at rest: the first view is not kept waiting, and a dialog opens without a wait even
 * when the connection has gone by then.
 */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useView } from "../view.ts";

/** Milliseconds after the first render. */
const REST = 1500;

export function Dialogs() {
  const { dialog, toast, words } = useView();
  const [Open, setOpen] = useState<FunctionComponent | null>(null);
  const wanted = dialog.value !== null;
  useEffect(() => {
    if (Open) return;
    const timer = setTimeout(() => {
      import("./OpenDialog.tsx").then(
        (loaded) => setOpen(() => loaded.OpenDialog),
        () => {
          if (!wanted) return;
          dialog.value = null;
          toast.value = words.errors.offline;
        },
      );
    }, wanted ? 0 : REST);
    return () => clearTimeout(timer);
  }, [wanted, Open]);
  return Open && wanted ? <Open /> : null;
}
