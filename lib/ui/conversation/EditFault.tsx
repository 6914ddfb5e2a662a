/** What could not be done, below the field: why an edit was not saved, what cannot be attached. */
import { useDialogView } from "../dialog_view.ts";
import type { Fault } from "../view.ts";

export function EditFault({ id, fault }: { id: string; fault: Fault }) {
  const { errors } = useDialogView().words;
  const text = "said" in fault ? fault.said : errors[fault.code];
  return <p class="field-error" id={id} role="alert">{text}</p>;
}
