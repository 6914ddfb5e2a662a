/** Takes a message, or what is selected of it, as a quote into the composer beside it. */
import type { Message } from "../../protocol/messages.ts";
import { makeChange } from "../composer/field.ts";
import { quoteText } from "../composer/quoting.ts";
import { messageLine } from "../files/in_a_line.ts";
import { plainName } from "../names.ts";
import { placePath, type View } from "../view.ts";

export async function startQuote(view: View, message: Message): Promise<void> {
  const selected = selectedOf(message);
  const author = view.state.users.peek().get(message.userId);
  const quote = quoteText({
    author: author === undefined ? message.username : plainName(author),
    address: new URL(placePath({ room: message.room, seq: message.seq }), location.origin).href,
    text: selected === null
      ? message.text || messageLine(message, view.words)
      : await markdownOf(selected),
  });
  const field = composerBeside(view);
  if (field !== null) insert(field, quote);
}

/** Of the thread or the room that the message is read in. */
function composerBeside({ thread }: View): HTMLTextAreaElement | null {
  const name = thread === null ? "composer" : "thread-composer";
  return document.querySelector<HTMLTextAreaElement>(`textarea#${name}`);
}

/** What is selected of the message's text; null: nothing of it, or all. */
function selectedOf({ id }: Message): DocumentFragment | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const texts = document.querySelectorAll(`[data-message="${id}"] .text`);
  const text = [...texts].find((one) => range.intersectsNode(one));
  if (text === undefined) return null;
  const all = document.createRange();
  all.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) {
    range.setStart(all.startContainer, all.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) {
    range.setEnd(all.endContainer, all.endOffset);
  }
  return range.toString().trim() === "" ? null : range.cloneContents();
}

/**
 * With the marks that it shows. What reads them comes with what makes writing comfortable; without it
 * the words alone are quoted.
 */
async function markdownOf(fragment: DocumentFragment): Promise<string> {
  const holder = document.createElement("div");
  holder.append(fragment);
  for (const other of holder.querySelectorAll(".edited, .hidden, button")) other.remove();
  const reader = await import("../composer/rich_text.ts").catch(() => null);
  return reader?.richToMarkdown(holder.innerHTML) ?? holder.textContent ?? "";
}

/** At the caret, on lines of its own; the answer is written below. */
function insert(field: HTMLTextAreaElement, quote: string): void {
  const { value, selectionEnd } = field;
  const before = value.slice(0, selectionEnd).trimEnd();
  const insert = before === "" ? quote : `\n\n${quote}`;
  const caret = before.length + insert.length;
  makeChange(field, { from: before.length, to: selectionEnd, insert, start: caret, end: caret });
  field.scrollTop = field.scrollHeight;
}
