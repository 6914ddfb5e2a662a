/** A time to come, or one that has just passed, by the reader's clock. */
import type { Timestamp } from "../../protocol/time.ts";
import { localClock } from "../dates.ts";
import { useDialogView } from "../dialog_view.ts";
import { formatWhen } from "./when.ts";

export function Moment({ at }: { at: Timestamp }) {
  const { words, clock } = useDialogView();
  const { now, style } = clock.value;
  return (
    <time dateTime={new Date(at).toISOString()}>
      {formatWhen(at, localClock(now ?? at, style), words)}
    </time>
  );
}
