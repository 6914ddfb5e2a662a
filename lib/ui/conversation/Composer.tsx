/** Where messages are written and changed. Enter sends with a keyboard; on a phone it breaks. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Draft } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayEdit } from "../../protocol/permissions.ts";
import { cleanText, codePoints, textFault } from "../../protocol/text.ts";
import { messageFacts, standing } from "../rights.ts";
import { Icon } from "../parts/Icon.tsx";
import { draftOf, errorText, titleOf, useView, type View } from "../view.ts";
import { shownText, startEdit, takeInput, troubleOf } from "./composing.ts";
import { ComposerTarget } from "./ComposerTarget.tsx";
import { complete, MentionList, useMentionChoice } from "./MentionList.tsx";

/** The counter shows when fewer characters than this are left. */
const COUNT_BELOW = 500;

export function Composer({ room }: { room: MemberRoom }) {
  const view = useView();
  const { words, state, actions } = view;
  const draft = draftOf(view, room.id);
  const { edit, replyTo } = draft;
  const input = useRef<HTMLTextAreaElement>(null);
  const text = useComputed(() => shownText(draftOf(view, room.id)));
  const error = useSignal<string | null>(null);
  const saving = useSignal(false);
  const choice = useMentionChoice(text, input);
  const listId = useId();
  useFocus(draft, input);
  useEarlyText(view, room.id);

  const sent = cleanText(text.value).trim();
  const left = state.limits.value.textLength - codePoints(sent);
  const ready = textFault(sent) === null && !saving.value;
  const editDeleted = edit !== null && troubleOf(view, draft)?.kind === "deleted";
  const submitLabel = editDeleted
    ? words.composer.sendAsNew
    : edit
    ? words.composer.save
    : words.composer.send;

  function write(value: string) {
    error.value = null;
    if (edit) return actions.changeDraft(room.id, { edit: { ...edit, text: value } });
    actions.changeDraft(room.id, { text: value });
    if (value.trim() !== "") actions.typing();
  }
  function sendAsNew() {
    if (ready && actions.send(sent)) actions.changeDraft(room.id, { edit: null });
  }
  async function submit() {
    if (!ready) return;
    if (editDeleted) return sendAsNew();
    if (edit) {
      saving.value = true;
      error.value = await saveEdit(view, room.id, edit, sent);
      saving.value = false;
    } else if (actions.send(sent, replyTo?.id ?? null)) {
      // The outbox has it: from here on it would be sent a second time.
      actions.changeDraft(room.id, { text: "", replyTo: null });
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (choice.onKey(event, write)) return;
    const isIdle = edit === null && replyTo === null;
    if (event.key === "Enter" && !event.shiftKey && !isTouch()) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape" && !isIdle) {
      event.preventDefault();
      actions.changeDraft(room.id, edit ? { edit: null } : { replyTo: null });
    } else if (event.key === "ArrowUp" && text.value === "" && isIdle) {
      const last = lastOwn(view, room);
      if (!last) return;
      event.preventDefault();
      startEdit(view, last);
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
        <ComposerTarget room={room.id} draft={draft} onSendAsNew={sendAsNew} />
        <div class="composer-row">
          <textarea
            ref={input}
            id="composer"
            dir="auto"
            rows={rowsOf(text.value)}
            value={text.value}
            autocomplete="off"
            enterkeyhint="enter"
            aria-label={edit ? words.composer.editing : words.composer.label(titleOf(view, room))}
            placeholder={words.room.message(titleOf(view, room))}
            aria-autocomplete="list"
            aria-controls={choice.people.length > 0 ? listId : undefined}
            aria-activedescendant={choice.people.length > 0 ? `${listId}-${choice.at}` : undefined}
            aria-describedby={error.value ? "composer-error" : undefined}
            onInput={(event) => {
              write(takeInput(event.currentTarget, event));
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
            aria-label={submitLabel}
            title={submitLabel}
          >
            <Icon name={edit && !editDeleted ? "check" : "send"} />
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

/** A page that is slow to wake can be typed into before: that is taken over, not overwritten. */
function useEarlyText({ mounted, actions }: View, room: number): void {
  const [early] = useState(() => {
    // The browser's first render alone finds what the server wrote.
    const written = mounted.peek() ? null : globalThis.document?.getElementById("composer");
    return written && "value" in written ? String(written.value) : "";
  });
  useEffect(() => {
    if (early !== "") actions.prefillDraft(room, early);
  }, []);
}

/** The focus goes to the text when a reply or an edit begins or ends, and to begin with. */
function useFocus({ edit, replyTo }: Draft, input: { current: HTMLTextAreaElement | null }): void {
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

/** The edit ends when it is saved, whatever room is open by then; null, or what went wrong. */
async function saveEdit(
  view: View,
  room: number,
  { target }: NonNullable<Draft["edit"]>,
  text: string,
): Promise<string | null> {
  try {
    if (text !== target.text) await view.actions.edit(target.id, text);
  } catch (error) {
    return errorText(view.words, error);
  }
  const now = view.state.drafts.peek().get(room)?.edit;
  if (now?.target.id !== target.id) return null;
  const isSaved = cleanText(now.text).trim() === text;
  // What was written on while it was being saved is a further change.
  const edit = isSaved ? null : { target: { ...target, text }, text: now.text };
  view.actions.changeDraft(room, { edit });
  return null;
}

function lastOwn(view: View, room: MemberRoom): Message | undefined {
  const { me, timeline } = view.state;
  const facts = standing(me.value, room);
  return timeline.value?.messages.findLast((message) =>
    mayEdit(facts, messageFacts(message, me.value)) === "allowed"
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
