/**
 * Where messages are written and edited, in a room or in a thread of it. Enter sends with a
 * keyboard; on a phone it breaks the line. What makes writing comfortable comes later.
 */
import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Draft } from "../../client/draft.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { CompletionField, listAttributes } from "../completion/completion_field.ts";
import { loadTools } from "../composer/load_tools.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { isTouch } from "../parts/touch.ts";
import { titleOf, useView, type View } from "../view.ts";
import { AttachButton, Attached, type AttachingProps, VoiceButton } from "./attaching.tsx";
import { takeInput } from "./composing.ts";
import { EmojiButton } from "./EmojiButton.tsx";
import { loadRest } from "./load_rest.ts";
import { LaterButton, SendButton } from "./SendButtons.tsx";
import { type OpenThread, Writing } from "./writing.ts";

type InputRef = { readonly current: HTMLTextAreaElement | null };

export interface ComposerProps {
  room: MemberRoom;
  /** Where it writes in a thread; key the composer by its id. */
  thread?: OpenThread;
  /** What can be chosen about the message, below its text. */
  children?: ComponentChildren;
}

export function Composer({ room, thread, children }: ComposerProps) {
  const view = useView();
  const input = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(view, room.id, thread, input);
  const id = thread ? "thread-composer" : "composer";
  const error = writing.error.value;
  const text = useComputed(() => writing.text);
  const [completion] = useState(() => new CompletionField());
  const rest = useAtRest(loadRest, /[@#:]/.test(text.value) || writing.isAimed);
  const listId = useId();
  const Tools = useAtRest(loadTools, text.value !== "");
  const field = useField(input);
  const formatting = useSignal(false);
  const attaching = { writing, input, asked: useSignal<AttachingProps["asked"]["value"]>(null) };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        // The button goes out with what it sent: whoever pressed it goes on writing.
        if (document.activeElement?.matches(".send")) input.current?.focus();
        void writing.submit();
      }}
    >
      {rest && <rest.CompletionList id={listId} room={room.id} field={completion} input={input} />}
      <div class="composer-box">
        {rest && (
          <rest.ComposerTarget
            home={writing.home}
            draft={writing.draft}
            onSendAsNew={() => writing.sendAsNew()}
          />
        )}
        {Tools && field && (
          <Tools
            field={field}
            text={text.value}
            formatting={formatting}
            isChoosing={() => completion.chosen.value !== null}
          />
        )}
        <Attached {...attaching} />
        <div class={isTall(text.value) ? "composer-row tall" : "composer-row"}>
          <TextField
            id={id}
            room={room}
            writing={writing}
            input={input}
            completion={completion}
            listId={listId}
          />
          <Buttons {...attaching} formatting={formatting} />
        </div>
      </div>
      {children}
      {rest && <rest.Counter text={writing.sent} />}
      {error && rest && <rest.EditFault id={`${id}-error`} fault={error} />}
    </form>
  );
}

function Buttons({ formatting, ...attaching }: AttachingProps & { formatting: Signal<boolean> }) {
  const { writing, input } = attaching;
  return (
    <>
      <AttachButton {...attaching} />
      <EmojiButton input={input} />
      <FormatButton formatting={formatting} />
      <LaterButton writing={writing} />
      <VoiceButton {...attaching} />
      <SendButton writing={writing} />
    </>
  );
}

interface TextFieldProps {
  id: string;
  room: MemberRoom;
  writing: Writing;
  input: RefObject<HTMLTextAreaElement | null>;
  completion: CompletionField;
  /** Of the list of completions. */
  listId: string;
}

function TextField({ id, room, writing, input, completion, listId }: TextFieldProps) {
  const { text } = writing;
  return (
    <textarea
      ref={input}
      id={id}
      dir="auto"
      rows={rowsOf(text)}
      value={text}
      autocomplete="off"
      enterkeyhint="enter"
      {...labels(useView(), room, writing)}
      {...listAttributes(listId, completion.chosen.value)}
      aria-describedby={writing.error.value === null ? undefined : `${id}-error`}
      onInput={(event) => {
        writing.write(takeInput(event.currentTarget, event));
        completion.look(event.data);
      }}
      onClick={() => completion.look()}
      onKeyDown={(event) => {
        if (!completion.onKey(event) && isTaken(event, writing)) event.preventDefault();
      }}
      onBlur={completion.hide}
    />
  );
}

/** Null until it is in the page: tools that have come already are rendered before. */
function useField(input: InputRef): HTMLTextAreaElement | null {
  const [field, setField] = useState(input.current);
  useLayoutEffect(() => setField(input.current), []);
  return field;
}

function useWriting(
  view: View,
  room: number,
  thread: OpenThread | undefined,
  input: InputRef,
): Writing {
  const [writing] = useState(() => new Writing(view, room, thread));
  writing.view = view;
  writing.thread = thread ?? null;
  useFocus(writing.draft, input);
  useEarlyText(view, room, thread !== undefined);
  return writing;
}

/** Does what the key asks for; false where it is to be typed. */
function isTaken(event: KeyboardEvent, writing: Writing): boolean {
  if (
    event.key === "Enter" && !event.shiftKey &&
    (event.ctrlKey || event.metaKey || !isTouch())
  ) {
    void writing.submit();
    return true;
  }
  if (event.key === "Escape") return writing.cancel();
  return event.key === "ArrowUp" && writing.editLast();
}

function labels(view: View, room: MemberRoom, { draft, thread }: Writing) {
  const { words } = view;
  const title = titleOf(view, room);
  const label = thread ? words.composer.inThread : words.composer.label(title);
  return {
    "aria-label": draft.edit ? words.composer.editing : label,
    placeholder: thread ? words.composer.inThread : words.room.message(title),
  };
}

function FormatButton({ formatting }: { formatting: Signal<boolean> }) {
  const { words } = useView();
  return (
    <IconButton
      icon="format"
      label={words.composer.format}
      title={words.composer.format}
      onPointerDown={(event) => event.preventDefault()} // the text keeps the focus
      aria-pressed={formatting.value ? "true" : "false"}
      onClick={() => formatting.value = !formatting.value}
    />
  );
}

/** People can type before a slow page comes to life: their text is kept, not overwritten. */
function useEarlyText({ mounted, actions }: View, room: number, inThread: boolean): void {
  const [early] = useState(() => {
    // The browser's first render alone finds what the server wrote.
    const written = mounted.peek() || inThread
      ? null
      : globalThis.document?.getElementById("composer");
    return written && "value" in written ? String(written.value) : "";
  });
  useEffect(() => {
    if (early !== "") actions.prefillDraft(room, early);
  }, []);
}

/** The focus goes to the text when a reply or an edit begins or ends, and to begin with. */
function useFocus({ edit, replyTo }: Draft, input: InputRef): void {
  const aim = `${edit?.target.id} ${replyTo?.id}`;
  const before = useRef(aim);
  useLayoutEffect(() => {
    if (before.current === aim) return;
    before.current = aim;
    // After the menu that asked for this has given the focus back to its button.
    queueMicrotask(() => input.current?.focus());
  }, [aim]);
  useEffect(() => {
    if (!isTouch()) input.current?.focus({ preventScroll: true });
  }, []);
}

/** On a phone, more than a short line has no room beside the buttons. */
function isTall(text: string): boolean {
  return text.length > 22 || text.includes("\n");
}

/** For browsers whose text areas do not grow by themselves (`field-sizing`). */
function rowsOf(text: string): number {
  if (globalThis.CSS?.supports?.("field-sizing", "content")) return 1;
  return Math.min(8, text.split("\n").length);
}
