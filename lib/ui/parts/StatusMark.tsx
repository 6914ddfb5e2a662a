/**
 * What somebody says of themselves for now: its emoji, with the words as tooltip and for screen
 * readers. It goes at its end by itself, also where no connection says so.
 */
import { useEffect, useState } from "preact/hooks";
import type { UserStatus } from "../../protocol/status.ts";
import { useView } from "../view.ts";
import { EmojiSign } from "./EmojiSign.tsx";

export function StatusMark({ id }: { id: number }) {
  const status = useStatus(useView().state.users.value.get(id)?.status ?? null);
  if (status === null) return null;
  const { emoji, text } = status;
  return (
    <span class="status-mark" title={text} role="img" aria-label={text || emoji}>
      <EmojiSign sign={emoji} />
    </span>
  );
}

/** Longer timers are wrong, and more than a day overflows some. */
const LOOK_AGAIN = 3_600_000;

/** The status until its end. */
export function useStatus(status: UserStatus | null): UserStatus | null {
  const { mounted } = useView();
  const [, renew] = useState(0);
  const until = status?.until ?? null;
  useEffect(() => {
    if (until === null) return;
    const wait = Math.min(Math.max(0, until - Date.now()), LOOK_AGAIN);
    const timer = setTimeout(() => renew((times) => times + 1), wait + 1);
    return () => clearTimeout(timer);
  });
  // The server's page knows what has ended.
  return mounted.value && until !== null && until <= Date.now() ? null : status;
}
