/**
 * Offers completions of what is being written (`sources.ts`): arrows choose, Enter or Tab takes,
 * Escape hides. It must not know what is completed.
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { insertText } from "../parts/insert_text.ts";
import { useView } from "../view.ts";
import type { CompletionField, CompletionKeys } from "./completion_field.ts";
import {
  type CompletionChoice,
  type CompletionOffer,
  type CompletionSource,
  NOTHING,
} from "./source.ts";
import { SOURCES } from "./sources.ts";

export interface CompletionListProps {
  id: string;
  /** The room in which it is written. */
  room: number;
  field: CompletionField;
  input: { readonly current: HTMLTextAreaElement | null };
}

/** How far before the caret something can have begun. */
const REACH = 80;

/** What is being written. */
interface Begun {
  source: CompletionSource;
  query: string;
}

interface Completion extends CompletionKeys {
  source: CompletionSource | null;
  choices: readonly CompletionChoice[];
  /** Which of them is chosen. */
  at: number;
  take(choice: CompletionChoice): void;
}

function useCompletion({ room, input }: CompletionListProps): Completion {
  const begun = useSignal<Begun | null>(null);
  /** Chosen with the arrows: the list may grow meanwhile. */
  const chosen = useSignal<string | null>(null);
  const { source = null, query = "" } = begun.value ?? {};
  // Each is a hook, and the kinds are always the same.
  const offers = SOURCES.map((one) => one.useOffer(one === source ? query : null, room));
  const { choices } = source === null ? NOTHING : offers[SOURCES.indexOf(source)]!;
  const at = Math.max(0, choices.findIndex(({ key }) => key === chosen.value));

  function take({ text, taken }: CompletionChoice): void {
    begun.value = null;
    taken?.();
    replaceBefore(input.current!, query.length + 1, text);
  }
  return {
    source,
    choices,
    at,
    take,
    look(typed) {
      const before = input.current === null ? "" : beforeCaret(input.current);
      if (typed && input.current !== null && replaceFinished(input.current, before, offers)) return;
      const found = findBegun(before);
      if (found?.source !== source || found?.query !== query) chosen.value = null;
      begun.value = found;
    },
    hide() {
      begun.value = null;
    },
    onKey(event) {
      // Enter and arrows belong to the word that an input method is composing.
      if (choices.length === 0 || event.isComposing) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        chosen.value = choices[(at + step + choices.length) % choices.length]!.key;
      } else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
        take(choices[at]!);
      } else if (event.key === "Escape") {
        begun.value = null;
      } else return false;
      event.preventDefault();
      return true;
    },
  };
}

function findBegun(before: string): Begun | null {
  for (const source of SOURCES) {
    const query = source.begun(before);
    if (query !== null) return { source, query };
  }
  return null;
}

/** "" where nothing is completed: while text is selected, and in a block of code. */
function beforeCaret({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): string {
  if (selectionStart !== selectionEnd) return "";
  const before = value.slice(0, selectionEnd);
  const isInCode = before.includes("```") && before.split("```").length % 2 === 0;
  return isInCode ? "" : before.slice(-REACH);
}

function replaceFinished(
  input: HTMLTextAreaElement,
  before: string,
  offers: readonly CompletionOffer[],
): boolean {
  for (const { finished } of offers) {
    const found = finished?.(before) ?? null;
    if (found === null) continue;
    replaceBefore(input, found.length, found.text);
    return true;
  }
  return false;
}

/** Puts the whole in place of its beginning; a space that is there already is not doubled. */
function replaceBefore(input: HTMLTextAreaElement, length: number, text: string): void {
  const caret = input.selectionEnd;
  const isSpaced = text.endsWith(" ") && input.value[caret] === " ";
  insertText(input, caret - length, isSpaced ? caret + 1 : caret, text);
}

export function CompletionList(props: CompletionListProps) {
  const { id, field } = props;
  const { words, language } = useView();
  const completion = useCompletion(props);
  const { source, choices } = completion;
  useLayoutEffect(() => {
    field.attach(completion);
    field.chosen.value = choices.length === 0 ? null : completion.at;
  });
  useLayoutEffect(() => () => field.detach(), []);
  if (source === null || choices.length === 0) return null;
  return (
    <ul class="completions" id={id} role="listbox" aria-label={source.label(words, language)}>
      {choices.map((choice, at) => (
        <li
          key={choice.key}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === completion.at ? "true" : "false"}
          // Before the text area loses the focus, and its list with it.
          onPointerDown={(event) => {
            event.preventDefault();
            completion.take(choice);
          }}
        >
          {choice.row}
        </li>
      ))}
    </ul>
  );
}
