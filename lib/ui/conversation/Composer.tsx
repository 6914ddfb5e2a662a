/** Where messages are written and changed. Enter sends with a keyboard; on a phone it breaks. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { MemberRoom, Message } from "../../protocol/objects.ts";
import { mayEdit } from "../../protocol/permissions.ts";
import { codePoints, textFault } from "../../protocol/text.ts";
import { authorName, standing } from "../names.ts";
import { Icon } from "../parts/Icon.tsx";
import { type ComposerMode, errorText, isIdle, titleOf, useView, type View } from "../view.ts";
import { complete, MentionList, useMentionChoice } from "./MentionList.tsx";
import { firstLine } from "./Quote.tsx";

/** The counter shows when fewer characters than this are left. */
const COUNT_BELOW = 500;

export function Composer({ room }: { room: MemberRoom }) {
  const view = useView();
  const { words, composer, drafts, state } = view;
  const mode = composer.value;
  const input = useRef<HTMLTextAreaElement>(null);
  const text = useSignal(drafts.get(room.id) ?? "");
  const error = useSignal<string | null>(null);
  const choice = useMentionChoice(text, input);
  const listId = useId();
  useModeChange(mode, room, text, input, drafts);

  const left = state.limits.value.textLength - codePoints(text.value.trim());
  const ready = textFault(text.value) === null;

  function write(value: string) {
    text.value = value;
    error.value = null;
    if (mode.kind === "edit") return;
    drafts.set(room.id, value);
    if (value.trim() !== "") view.actions.typing();
  }
  async function submit() {
    if (!ready) return;
    error.value = mode.kind === "edit"
      ? await saveEdit(view, mode.message, text.value.trim())
      : send(view, mode.replyTo, text.value.trim());
    if (error.value !== null) return;
    if (mode.kind === "new") write("");
    composer.value = { kind: "new", replyTo: null };
  }
  function onKeyDown(event: KeyboardEvent) {
    if (choice.onKey(event, write)) return;
    if (event.key === "Enter" && !event.shiftKey && !isTouch()) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape" && !isIdle(mode)) {
      event.preventDefault();
      composer.value = { kind: "new", replyTo: null };
    } else if (event.key === "ArrowUp" && text.value === "" && isIdle(mode)) {
      const last = lastOwn(view, room);
      if (!last) return;
      event.preventDefault();
      composer.value = { kind: "edit", message: last };
    }
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <MentionList
        id={listId}
        choice={choice}
        onChoose={(user) => complete(user, text.value, input.current!, write)}
      />
      <div class="composer-box">
        <ComposerMode mode={mode} />
        <div class="composer-row">
          <textarea
            ref={input}
            id="composer"
            rows={rowsOf(text.value)}
            value={text.value}
            autocomplete="off"
            enterkeyhint="enter"
            aria-label={mode.kind === "edit"
              ? words.composer.editing
              : words.composer.label(titleOf(view, room))}
            placeholder={words.room.message(titleOf(view, room))}
            aria-autocomplete="list"
            aria-controls={choice.people.length > 0 ? listId : undefined}
            aria-activedescendant={choice.people.length > 0 ? `${listId}-${choice.at}` : undefined}
            aria-describedby={error.value ? "composer-error" : undefined}
            onInput={(event) => {
              write(event.currentTarget.value);
              choice.look();
            }}
            onClick={choice.look}
            onKeyDown={onKeyDown}
            onBlur={choice.hide}
          />
          <button
            type="submit"
            class="send"
            disabled={!ready}
            aria-label={mode.kind === "edit" ? words.composer.save : words.composer.send}
            title={mode.kind === "edit" ? words.composer.save : words.composer.send}
          >
            <Icon name={mode.kind === "edit" ? "check" : "send"} />
          </button>
        </div>
      </div>
      {left < COUNT_BELOW && (
        <p class={left < 0 ? "counter over" : "counter"}>{words.composer.left(left)}</p>
      )}
      {error.value && <p class="field-error" id="composer-error" role="alert">{error.value}</p>}
    </form>
  );
}

/** What is being changed or answered, and the way out of it. */
function ComposerMode({ mode }: { mode: ComposerMode }) {
  const { words, state, composer } = useView();
  if (isIdle(mode)) return null;
  const message = mode.kind === "edit" ? mode.message : mode.replyTo!;
  const editing = mode.kind === "edit";
  return (
    <div class="composer-mode">
      <Icon name={editing ? "edit" : "reply"} />
      <p class="grow">
        <strong>
          {editing
            ? words.composer.editing
            : words.composer.replying(authorName(state.users.value, message))}
        </strong>{" "}
        <span class="quote-text">{firstLine(message.text)}</span>
      </p>
      <button
        type="button"
        class="icon-button small"
        aria-label={editing ? words.composer.cancelEdit : words.composer.cancelReply}
        onClick={() => composer.value = { kind: "new", replyTo: null }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** The text follows the mode: the message's own while it is changed, the draft afterwards. */
function useModeChange(
  mode: ComposerMode,
  room: MemberRoom,
  text: { value: string },
  input: { current: HTMLTextAreaElement | null },
  drafts: ReadonlyMap<number, string>,
): void {
  const before = useRef(mode);
  useLayoutEffect(() => {
    if (before.current === mode) return;
    if (mode.kind === "edit") text.value = mode.message.text;
    else if (before.current.kind === "edit") text.value = drafts.get(room.id) ?? "";
    before.current = mode;
    // After the menu that asked for this has given the focus back to its button.
    queueMicrotask(() => input.current?.focus());
  }, [mode]);
  useEffect(() => {
    if (!isTouch()) input.current?.focus({ preventScroll: true });
  }, []);
}

function send(view: View, replyTo: Message | null, text: string): null {
  view.actions.send(text, replyTo?.id ?? null);
  return null;
}

async function saveEdit(view: View, message: Message, text: string): Promise<string | null> {
  if (text === message.text) return null;
  try {
    await view.actions.edit(message.id, text);
    return null;
  } catch (error) {
    return errorText(view.words, error);
  }
}

function lastOwn(view: View, room: MemberRoom): Message | undefined {
  const { me, timeline } = view.state;
  if (mayEdit(standing(me.value, room), true) !== "allowed") return undefined;
  return timeline.value?.messages.findLast((message) =>
    message.userId === me.value.id && message.deletedAt === null
  );
}

/** A finger's keyboard has no other key to break a line with. */
function isTouch(): boolean {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}

/** For browsers whose text areas do not grow by themselves (`field-sizing`). */
function rowsOf(text: string): number {
  if (globalThis.CSS?.supports?.("field-sizing", "content")) return 1;
  return Math.min(8, text.split("\n").length);
}
