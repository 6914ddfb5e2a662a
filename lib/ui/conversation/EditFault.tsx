/** What could not be done, below the field: why an edit was not saved, what cannot be attached. */
import { useRef } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import type { Fault } from "../view.ts";

export function EditFault({ id, fault }: { id: string; fault: Fault }) {
  const { words: { errors }, state } = useDialogView();
  const isOnline = state.connection.value.state === "online";
  const offline = useRef<Fault | null>(null);
  if (!isOnline) offline.current = fault;
  // The server was away, and is back: what was written can be saved.
  if (isOnline && offline.current === fault && isOffline(fault)) return null;
  const text = "said" in fault ? fault.said : errors[fault.code];
  return <p class="field-error" id={id} role="alert">{text}</p>;
}

function isOffline(fault: Fault): boolean {
  return "code" in fault && fault.code === "offline";
}
