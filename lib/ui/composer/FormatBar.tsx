/**
 * The bar that formats what is selected (WAI-ARIA toolbar): one stop of the Tab key, arrows go from
 * one button to the next, Escape leads back to the text.
 */
import { useRef } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import type { Aids } from "./aids.ts";
import { FORMATS, keysText } from "./formats.ts";
import { ToolIcon } from "./ToolIcon.tsx";

export interface FormatBarProps {
  aids: Aids;
  /** It stays, as a row of the composer; else it floats above it while text is selected. */
  stays: boolean;
}

export function FormatBar({ aids, stays }: FormatBarProps) {
  const { words, dialog } = useDialogView();
  const bar = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={bar}
      class={stays ? "format-bar" : "format-bar floating"}
      role="toolbar"
      aria-label={words.tools.bar}
      // The text keeps its selection, and a phone its keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onKeyDown={(event) => onBarKey(event, bar.current!, aids)}
    >
      {FORMATS.map((format, at) => (
        <button
          key={format.name}
          type="button"
          class="icon-button"
          tabIndex={at === 0 ? 0 : -1}
          aria-label={words.tools[format.name]}
          title={`${words.tools[format.name]} (${keysText(format, aids.isApple)})`}
          onClick={() => aids.run(format)}
        >
          <ToolIcon name={format.name} />
        </button>
      ))}
      <button
        type="button"
        class="icon-button"
        tabIndex={-1}
        aria-label={words.tools.keys}
        title={`${words.tools.keys} (${keysText({ key: "/" }, aids.isApple)})`}
        onClick={() => dialog.value = { kind: "keys" }}
      >
        <ToolIcon name="help" />
      </button>
    </div>
  );
}

function onBarKey(event: KeyboardEvent, bar: HTMLElement, aids: Aids): void {
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Escape") aids.focus();
  else if (to === undefined) return;
  else {
    const next = buttons.at(to % buttons.length)!;
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}
