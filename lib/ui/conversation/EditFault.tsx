/** Why an edit was not saved, below the field. */
import type { RequestError } from "../../client/request_error.ts";
import { useDialogView } from "../dialog_view.ts";

export function EditFault({ id, code }: { id: string } & Pick<RequestError, "code">) {
  return <p class="field-error" id={id} role="alert">{useDialogView().words.errors[code]}</p>;
}
