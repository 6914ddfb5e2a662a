/** The part of a form that makes or shows a passkey, by a script (`browser/passkeys.ts`). */
import type { CreationOptions, RequestOptions } from "../../protocol/passkeys.ts";
import type { PageWords } from "../catalogue/pages.ts";

export interface PasskeyButtonProps {
  words: PageWords;
  /** What is done with it, and what the browser is asked for. */
  ask: { make: CreationOptions } | { show: RequestOptions };
  /** The hidden field that gets the answer. */
  name: string;
  label: string;
  class: string;
  /** It begins by itself: the reader has come for this. */
  start?: boolean;
  /** It has the focus. */
  first?: boolean;
  /** What the server said of the last one. */
  error?: string | undefined;
}

export function PasskeyButton(
  { words, ask, name, label, class: look, start, first, error }: PasskeyButtonProps,
) {
  const own = words.passkeys;
  const isMade = "make" in ask;
  const faults = {
    unsupported: own.unsupported,
    cancelled: isMade ? own.cancelledMaking : own.cancelled,
    known: own.known,
    failed: own.failed,
  };
  return (
    <div
      class="field"
      data-passkey={isMade ? "make" : "show"}
      data-options={JSON.stringify(isMade ? ask.make : ask.show)}
      data-start={start && error === undefined ? "" : undefined}
    >
      <input type="hidden" name={name} data-answer="" />
      {error !== undefined && <p class="form-error" role="alert">{error}</p>}
      <button type="button" class={look} hidden data-first={first ? "" : undefined}>{label}</button>
      <noscript>
        <p class="hint">{own.noScript}</p>
      </noscript>
      {Object.entries(faults).map(([fault, sentence]) => (
        <p key={fault} class="form-error" role="alert" data-fault={fault} hidden>{sentence}</p>
      ))}
    </div>
  );
}
