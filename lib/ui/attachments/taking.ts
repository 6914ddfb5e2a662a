/** Attaches what somebody chose, pasted or dropped, and says at once what cannot be attached. */
import type { Host } from "./host.ts";
import { useDialogView } from "../dialog_view.ts";
import { attempt } from "../view.ts";
import { admit } from "./admission.ts";
import { sayRefused } from "./saying.ts";

/** @param folders names of folders among them, which cannot be attached */
export type Take = (files: readonly File[], folders?: readonly string[]) => void;

export function useTaking(host: Host): Take {
  const view = useDialogView();
  return (files, folders = []) => {
    const { state, actions } = view;
    const already = state.attachments.peek().get(host.home)?.length ?? 0;
    const { taken, refused } = admit(files, already, state.limits.peek());
    const said = sayRefused(view, refused, folders);
    host.error.value = said === "" ? null : { said };
    if (taken.length > 0) void attempt(view, () => actions.attach(host.home, taken));
  };
}
