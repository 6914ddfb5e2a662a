/**
 * Asks for a time to come: some that are likely, each chosen with one press, and any other. It must
 * not know what happens then.
 */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useMemo } from "preact/hooks";
import type { Timestamp } from "../../protocol/time.ts";
import { readField, writeField } from "../date_field.ts";
import { localClock, type WallClock } from "../dates.ts";
import { errorText, useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { formatWhen, type OfferedTime } from "./when.ts";

const HOUR = 3_600_000;

export interface WhenDialogProps {
  title: string;
  /** Which times are offered. */
  choices(clock: WallClock): OfferedTime[];
  /** The button beside a time of one's own. */
  action: string;
  /** The time so far. */
  at?: Timestamp | undefined;
  /** Closes the dialog when it is done; what it was is said afterwards by `done`. */
  run(at: Timestamp): Promise<unknown>;
  done(when: string): string;
  onClose(): void;
  /** Above the times. */
  children?: ComponentChildren;
}

export function WhenDialog(props: WhenDialogProps) {
  const { title, choices, run, done, onClose, children } = props;
  const { words, toast, clock: shown } = useDialogView();
  // The reader's own now, as of when they were asked.
  const clock = useMemo(() => localClock(Date.now(), shown.peek().style), []);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);

  async function choose(at: Timestamp): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      await run(at);
      toast.value = done(formatWhen(at, clock, words));
      onClose();
    } catch (thrown) {
      error.value = errorText(words, thrown);
    }
    busy.value = false;
  }

  return (
    <Dialog title={title} size="small" onClose={onClose}>
      {children}
      <ul class="when-choices">
        {choices(clock).map(({ name, at }, index) => (
          <li key={name}>
            <button
              type="button"
              class="menu-item"
              data-autofocus={index === 0 ? true : undefined}
              onClick={() => void choose(at)}
            >
              <span class="grow">{words.later.choices[name]}</span>
              <span class="handle">{formatWhen(at, clock, words)}</span>
            </button>
          </li>
        ))}
      </ul>
      <OwnTime {...props} clock={clock} choose={choose} fail={(text) => error.value = text} />
      {error.value && <p class="form-error" role="alert">{error.value}</p>}
    </Dialog>
  );
}

interface OwnTimeProps extends Pick<WhenDialogProps, "action" | "at"> {
  clock: WallClock;
  choose(at: Timestamp): Promise<void>;
  fail(text: string): void;
}

function OwnTime({ action, at, clock, choose, fail }: OwnTimeProps) {
  const { words } = useDialogView();
  const id = useId();
  const value = useSignal(writeField(firstTime(at, clock.now), clock));
  return (
    <form
      class="when-own"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = readField(value.value, clock);
        if (chosen === null || chosen <= Date.now()) fail(words.later.past);
        else void choose(chosen);
      }}
    >
      <label for={id}>{words.later.ownTime}</label>
      <div class="when-row">
        <input
          id={id}
          type="datetime-local"
          class="input grow"
          required
          min={writeField(clock.now, clock)}
          max="9999-12-31T23:59"
          value={value.value}
          onInput={(event) => value.value = event.currentTarget.value}
        />
        <button type="submit" class="button primary">{action}</button>
      </div>
      <p class="hint">{words.later.zone(zoneOf(clock))}</p>
    </form>
  );
}

/** The time so far, where it is still to come; otherwise the next full hour but one. */
function firstTime(at: Timestamp | undefined, now: Timestamp): Timestamp {
  if (at !== undefined && at > now) return at;
  return Math.ceil(now / HOUR) * HOUR + HOUR;
}

/** "UTC+3", "UTC−4:30" */
function zoneOf(clock: WallClock): string {
  const ahead = clock.ahead(clock.now);
  const hours = Math.floor(Math.abs(ahead) / 60);
  const minutes = Math.abs(ahead) % 60;
  const rest = minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`;
  return `UTC${ahead < 0 ? "−" : "+"}${hours}${rest}`;
}
