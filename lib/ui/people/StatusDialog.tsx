/** What the reader says of themselves: an emoji, a few words, until when; or what is said often. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { UserStatus } from "../../protocol/status.ts";
import { canonicalEmoji } from "../../protocol/emoji.ts";
import { canonicalSign } from "../../protocol/emoji_names.ts";
import { STATUS_SIGN, STATUS_TEXT, unitsOf } from "../../protocol/names.ts";
import { EmojiPicker } from "../emoji/EmojiPicker.tsx";
import { readField, writeField } from "../date_field.ts";
import { localClock } from "../dates.ts";
import { type DialogView, errorText, useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import { FormActions } from "../parts/FormActions.tsx";
import { useStatus } from "../parts/StatusMark.tsx";
import { type End, endOf, ENDS } from "./ends.ts";

/** What people often say, and for how long. */
const OFTEN = [
  ["📅", "meeting", "hour"],
  ["🎧", "busy", "hour"],
  ["🍜", "lunch", "hour"],
  ["🚌", "onTheWay", "half"],
  ["🏠", "home", "today"],
  ["🤒", "sick", "today"],
  ["🌴", "holiday", "never"],
] as const;

/** What stands in the fields. */
interface Fields {
  emoji: Signal<string>;
  text: Signal<string>;
  end: Signal<End>;
  at: Signal<string>;
}

export function StatusDialog({ onClose }: { onClose: () => void }) {
  const view = useDialogView();
  const { words, state, actions } = view;
  const known = useStatus(state.me.value.status);
  const fields = useFields(known);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);

  async function set(status: Partial<UserStatus> | null) {
    if (busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      await actions.setStatus(status);
      onClose();
    } catch (thrown) {
      error.value = errorText(words, thrown);
    } finally {
      busy.value = false;
    }
  }
  const status = statusOf(fields, Date.now());
  const picking = useSignal(false);
  return (
    <Dialog title={words.status.title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (status !== null) void set(status);
        }}
      >
        <StatusFields fields={fields} view={view} picking={picking} />
        {picking.value
          ? <StatusEmoji fields={fields} picking={picking} />
          : <StatusEnd fields={fields} view={view} />}
        {known === null && !picking.value && <Often fields={fields} view={view} />}
        {error.value && <p class="form-error" role="alert">{error.value}</p>}
        {known !== null && (
          <button
            type="button"
            class="button"
            disabled={busy.value}
            onClick={() => void set(null)}
          >
            {words.status.clear}
          </button>
        )}
        <FormActions
          onClose={onClose}
          label={words.common.save}
          disabled={busy.value || status === null}
        />
      </form>
    </Dialog>
  );
}

function useFields(known: UserStatus | null): Fields {
  const until = known?.until ?? null;
  return {
    emoji: useSignal(known?.emoji ?? ""),
    text: useSignal(known?.text ?? ""),
    end: useSignal<End>(until === null ? "never" : "at"),
    at: useSignal(until === null ? "" : writeField(until, localClock(until))),
  };
}

/** Null where something is missing or wrong. */
function statusOf({ emoji, text, end, at }: Fields, now: number): Partial<UserStatus> | null {
  const sign = emoji.value.trim() === "" ? STATUS_SIGN : canonicalOf(emoji.value.trim());
  const said = text.value.trim();
  if (sign === null || (emoji.value.trim() === "" && said === "")) return null;
  const until = end.value === "at"
    ? readField(at.value, localClock(now))
    : endOf(end.value, new Date(now));
  // A time of one's own that is none, or one that is over.
  if (until === null ? end.value === "at" : until <= now) return null;
  return { emoji: sign, text: said, until };
}

function canonicalOf(sign: string): string | null {
  return canonicalSign(sign) ?? canonicalEmoji(sign);
}

interface FieldsProps {
  fields: Fields;
  view: DialogView;
}

function StatusFields({ fields, view, picking }: FieldsProps & { picking: Signal<boolean> }) {
  const { words } = view;
  const { emoji, text } = fields;
  return (
    <div class="status-fields">
      <button
        type="button"
        class="input status-emoji"
        aria-label={words.status.emoji}
        aria-expanded={picking.value ? "true" : "false"}
        title={words.status.emoji}
        onClick={() => picking.value = !picking.value}
      >
        <EmojiSign sign={emoji.value || STATUS_SIGN} />
      </button>
      <input
        class="input"
        dir="auto"
        aria-label={words.status.text}
        placeholder={words.status.text}
        maxlength={unitsOf(STATUS_TEXT)}
        autocomplete="off"
        data-autofocus
        value={text.value}
        onInput={(event) => text.value = event.currentTarget.value}
      />
    </div>
  );
}

/** In the place of what else there is to choose, until one is chosen. */
function StatusEmoji({ fields: { emoji }, picking }: Pick<FieldsProps, "fields"> & {
  picking: Signal<boolean>;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("input")?.focus();
    const button = box.current?.closest("form")?.querySelector<HTMLElement>(".status-emoji");
    return () => button?.focus();
  }, []);
  return (
    <div ref={box}>
      <EmojiPicker
        onPick={(picked) => {
          emoji.value = picked;
          picking.value = false;
        }}
      />
    </div>
  );
}

function StatusEnd({ fields: { end, at }, view: { words } }: FieldsProps) {
  return (
    <>
      <div class="field">
        <label for="status-end">{words.status.end}</label>
        <select
          id="status-end"
          class="input"
          value={end.value}
          // Its options are the ends alone.
          onChange={(event) => end.value = event.currentTarget.value as End}
        >
          {ENDS.map((one) => (
            <option key={one} value={one} selected={one === end.value}>
              {words.status.ends[one]}
            </option>
          ))}
        </select>
      </div>
      {end.value === "at" && (
        <div class="field">
          <label for="status-at">{words.status.at}</label>
          <input
            id="status-at"
            type="datetime-local"
            class="input"
            required
            min={writeField(Date.now(), localClock(Date.now()))}
            value={at.value}
            onInput={(event) => at.value = event.currentTarget.value}
          />
        </div>
      )}
    </>
  );
}

/** One of them fills the fields, where it can still be changed. */
function Often({ fields, view: { words } }: FieldsProps) {
  return (
    <ul class="status-often" aria-label={words.status.often}>
      {OFTEN.map(([emoji, said, end]) => (
        <li key={said}>
          <button
            type="button"
            class="menu-item"
            onClick={() => {
              fields.emoji.value = emoji;
              fields.text.value = words.status.said[said];
              fields.end.value = end;
            }}
          >
            <span class="status-mark" aria-hidden="true">{emoji}</span>
            <span class="grow">{words.status.said[said]}</span>
            <span class="handle">{words.status.lasts[end]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
