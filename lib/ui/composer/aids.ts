/**
 * Listens to a field in which somebody writes: keys that format, lists that go on, what is pasted.
 * It comes after the page (see `parts/at_rest.ts`); until then the field is a plain one. It must not
 * know what sending is.
 */
import { batch, signal } from "@preact/signals";
import { blockOf } from "./blocks.ts";
import { type Format, formatFor, isAppleKeyboard, withCommandKey } from "./formats.ts";
import { type FieldChange, type FieldText, fieldText, makeChange } from "./field.ts";
import { enter, indent, type Surroundings, surroundings } from "./lists.ts";
import { isInCode, mayBeBlock, pasteChange } from "./pasting.ts";

/** What was pasted as it is, and could be a block of code. */
interface Pasted {
  from: number;
  text: string;
}

export class Aids {
  /** Whether text is selected: the bar shows. */
  readonly selected = signal(false);
  /** What the Enter key goes on with. */
  readonly inside = signal<Surroundings>(null);
  /** As long as it stands there as it was pasted. */
  readonly pasted = signal<Pasted | null>(null);
  readonly isApple: boolean = isAppleKeyboard();
  readonly #field: HTMLTextAreaElement;
  /** Keys belong to the list of completions while it shows. */
  readonly #isChoosing: () => boolean;
  /** Ctrl+Shift+V: as it is. */
  #asText = false;
  /** Where the text that is being pasted begins. */
  #pasting: number | null = null;

  constructor(field: HTMLTextAreaElement, isChoosing: () => boolean) {
    this.#field = field;
    this.#isChoosing = isChoosing;
  }

  /** The answer ends it. */
  listen(): () => void {
    const field = this.#field;
    const ends = new AbortController();
    const { signal } = ends;
    const look = () => this.look();
    // Before the field's own listener, which sends.
    field.addEventListener("keydown", (event) => this.#onKey(event), { capture: true, signal });
    field.addEventListener("paste", (event) => this.#onPaste(event), { signal });
    field.addEventListener("input", () => this.#onInput(), { signal });
    field.addEventListener("focus", look, { signal });
    field.addEventListener("blur", look, { signal });
    document.addEventListener("selectionchange", look, { signal });
    return () => ends.abort();
  }

  run(format: Format): void {
    const pasted = this.pasted.peek();
    if (format.name === "block" && pasted !== null && !this.selected.peek()) {
      return this.makeBlock();
    }
    this.#make(format.run(fieldText(this.#field)));
  }

  /** What was pasted becomes a block of code. */
  makeBlock(): void {
    const pasted = this.pasted.peek();
    if (pasted === null) return;
    const { from, text } = pasted;
    const change = blockOf(
      this.#field.value,
      from,
      from + text.length,
      text.replace(/^\n+|\s+$/g, ""),
    );
    // One goes on writing below it.
    const end = from + change.insert.length;
    const isLast = from + text.length === this.#field.value.length;
    const insert = isLast ? `${change.insert}\n` : change.insert;
    const caret = isLast ? end + 1 : end;
    this.pasted.value = null;
    this.#make({ ...change, insert, start: caret, end: caret });
  }

  keepText(): void {
    this.pasted.value = null;
    this.#field.focus();
  }

  focus(): void {
    this.#field.focus();
  }

  #make(change: FieldChange): void {
    makeChange(this.#field, change);
    this.look();
  }

  #onKey(event: KeyboardEvent): void {
    this.#asText = event.shiftKey && withCommandKey(event, this.isApple);
    // Also the key that ends a word of an input method.
    if (event.isComposing || event.keyCode === 229) return;
    const change = this.#changeFor(event);
    if (change === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (change !== "none") this.#make(change);
  }

  /** "none": the key was taken, and nothing changes. */
  #changeFor(event: KeyboardEvent): FieldChange | "none" | null {
    const field = fieldText(this.#field);
    const format = formatFor(event, this.isApple);
    if (format !== undefined) {
      this.run(format);
      return "none";
    }
    if (event.ctrlKey || event.metaKey || event.altKey || this.#isChoosing()) return null;
    if (event.key === "Enter" && !event.shiftKey) return enter(field);
    if (event.key === "Tab") return indent(field, event.shiftKey);
    if (event.key !== "Escape" || this.pasted.peek() === null) return null;
    this.pasted.value = null;
    return "none";
  }

  #onPaste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (data === null) return;
    const field = fieldText(this.#field);
    const change = this.#asText ? null : pasteChange(field, data);
    this.#pasting = change === null && !isInCode(field) ? field.start : null;
    if (change === null) return;
    event.preventDefault();
    this.#make(change);
  }

  #onInput(): void {
    const from = this.#pasting;
    this.#pasting = null;
    if (from !== null) return this.#offer(fieldText(this.#field), from);
    this.look();
  }

  #offer({ text, start }: FieldText, from: number): void {
    const pasted = text.slice(from, start);
    this.pasted.value = mayBeBlock(pasted) ? { from, text: pasted } : null;
  }

  /** The text, the selection or the focus may be another; also where a message was sent. */
  look(): void {
    const field = fieldText(this.#field);
    const pasted = this.pasted.peek();
    const isHere = document.activeElement === this.#field;
    const { selected, inside } = this;
    batch(() => {
      if (pasted !== null && !field.text.startsWith(pasted.text, pasted.from)) {
        this.pasted.value = null;
      }
      inside.value = isHere ? surroundings(field) : null;
      // The bar's own buttons and keys do not take the selection away.
      if (isHere || !this.#isOnBar()) selected.value = isHere && field.start !== field.end;
    });
  }

  #isOnBar(): boolean {
    return document.activeElement?.closest(".format-bar") !== null;
  }
}
