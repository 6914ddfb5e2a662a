/** The foot of a form in a dialog: the way out, and the button that does it. */
import { useView } from "../view.ts";

export interface FormActionsProps {
  onClose: () => void;
  label: string;
  disabled: boolean;
}

export function FormActions({ onClose, label, disabled }: FormActionsProps) {
  const { words } = useView();
  return (
    <div class="dialog-actions">
      <button type="button" class="button" onClick={onClose}>{words.common.cancel}</button>
      <button type="submit" class="button primary" disabled={disabled}>{label}</button>
    </div>
  );
}
