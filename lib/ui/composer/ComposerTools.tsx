/**
 * What makes writing comfortable, above the text: the bar that formats, the offer to make a block of
 * what was pasted, and what the Enter key does where it does not send.
 */
import type { Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import { isTouch } from "../parts/touch.ts";
import { Aids } from "./aids.ts";
import { keysText, withCommandKey } from "./formats.ts";
import { FormatBar } from "./FormatBar.tsx";

export interface ComposerToolsProps {
  field: HTMLTextAreaElement;
  /** What is in it: sending empties it without a key of its own. */
  text: string;
  /** Whether the bar stays. */
  formatting: Signal<boolean>;
  /** Keys belong to a list of completions just now. */
  isChoosing: () => boolean;
}

export function ComposerTools({ field, text, formatting, isChoosing }: ComposerToolsProps) {
  const { words } = useDialogView();
  const [aids] = useState(() => new Aids(field, isChoosing));
  useEffect(() => aids.listen(), []);
  useEffect(() => aids.look(), [text]);
  useKeys(aids, field, formatting);
  const { pasted, inside, selected } = aids;
  const hint = inside.value === null || isTouch() ? "" : words.tools.sends[inside.value](
    keysText({ key: "Enter" }, aids.isApple),
  );
  return (
    <>
      {(formatting.value || selected.value) && <FormatBar aids={aids} stays={formatting.value} />}
      <div role="status">
        {pasted.value !== null && (
          <p class="composer-offer">
            <span class="grow">{words.tools.pasted(linesIn(pasted.value.text))}</span>
            <button type="button" class="link-button" onClick={() => aids.makeBlock()}>
              {words.tools.makeBlock}
            </button>
            <button type="button" class="link-button" onClick={() => aids.keepText()}>
              {words.tools.keepText}
            </button>
          </p>
        )}
      </div>
      {hint !== "" && <p class="composer-hint">{hint}</p>}
    </>
  );
}

/** The list of keys from anywhere; the bar from the text. */
function useKeys(aids: Aids, field: HTMLTextAreaElement, formatting: Signal<boolean>): void {
  const { dialog } = useDialogView();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if ((event.key === "/" || event.code === "Slash") && withCommandKey(event, aids.isApple)) {
        dialog.value ??= { kind: "keys" };
      } else if (event.altKey && event.key === "F10" && event.target === field) {
        formatting.value = true;
        requestAnimationFrame(() =>
          field.form?.querySelector<HTMLElement>(".format-bar [tabindex='0']")?.focus()
        );
      } else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function linesIn(text: string): number {
  return text.trim().split("\n").length;
}
