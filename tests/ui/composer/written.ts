/** A field as tests write it: `|` is the caret, `⟦` and `⟧` hold what is selected. */
import { changed, type FieldChange, type FieldText } from "../../../lib/ui/composer/field.ts";

export function field(written: string): FieldText {
  const caret = written.indexOf("|");
  if (caret !== -1) {
    return { text: written.replace("|", ""), start: caret, end: caret };
  }
  const start = written.indexOf("⟦");
  const end = written.indexOf("⟧") - 1;
  return { text: written.replace(/[⟦⟧]/g, ""), start, end };
}

export function shown({ text, start, end }: FieldText): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`;
}

/** What a change makes of the field; null where there is none. */
export function after(
  written: string,
  change: (field: FieldText) => FieldChange | null,
): string | null {
  const before = field(written);
  const made = change(before);
  return made && shown(changed(before, made));
}
