/** Whether what is written in a thread stands in the thread alone. */
import { useDialogView } from "../dialog_view.ts";

export interface OnlyHereProps {
  on: boolean;
  change: (on: boolean) => void;
}

export function OnlyHere({ on, change }: OnlyHereProps) {
  const { words } = useDialogView();
  return (
    <label class="only-here">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {words.threadPane.onlyHere}
    </label>
  );
}
