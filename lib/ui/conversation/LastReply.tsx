/** How long ago the last message of a thread came, behind the number of them. */
import { formatAgo } from "../ago.ts";
import { useDialogView } from "../dialog_view.ts";

export function LastReply({ at }: { at: number }) {
  const { words, language, clock, minute } = useDialogView();
  const now = minute.value;
  if (now === null) return null;
  if (now - at < 60_000) return <>, {words.threadPane.justNow}</>;
  const ago = formatAgo(at, { ...clock.value, now }, language, words.dates);
  return <>, {words.threadPane.last(ago)}</>;
}
