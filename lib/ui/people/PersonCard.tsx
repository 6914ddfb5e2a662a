/**
 * Who somebody is, beside the name or picture that was clicked; on a phone at the bottom edge. What
 * can be done with them from here needs no way through a list.
 */
import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/people.ts";
import { useDialogView } from "../dialog_view.ts";
import { dayNumber, formatMoment, formatTime } from "../dates.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { useModal } from "../parts/modal.ts";
import { Name } from "../parts/Name.tsx";
import { useStatus } from "../parts/StatusMark.tsx";
import type { Box } from "../view.ts";
import { putBeside } from "./beside.ts";
import { localTime } from "./local_time.ts";
import { PersonActs } from "./PersonActs.tsx";

export interface PersonCardProps {
  id: number;
  /** What was clicked. */
  at?: Box | undefined;
  onClose: () => void;
}

export function PersonCard({ id, at, onClose }: PersonCardProps) {
  const { state, words } = useDialogView();
  const person = state.users.value.get(id);
  const element = useModal(onClose, (dialog) => putBeside(dialog, at));
  // A window that is turned or made smaller must not leave it outside.
  useEffect(() => {
    const place = () => putBeside(element.current!, at);
    addEventListener("resize", place);
    return () => removeEventListener("resize", place);
  }, [at]);
  return (
    <dialog
      ref={element}
      class="dialog card"
      aria-label={person === undefined ? words.common.loading : plainName(person)}
      onClose={onClose}
    >
      <div class="card-body">
        <div class="card-close">
          <IconButton icon="close" label={words.common.close} onClick={onClose} />
        </div>
        {person === undefined
          ? <p class="panel-note">{words.common.loading}</p>
          : <Known person={person} onClose={onClose} />}
      </div>
    </dialog>
  );
}

function Known({ person, onClose }: { person: User; onClose: () => void }) {
  const { words, state } = useDialogView();
  const presence = state.presence.value.get(person.id) ?? "offline";
  const shown = person.id === state.me.value.id ? "online" : presence;
  return (
    <>
      <div class="card-head">
        <Avatar id={person.id} name={plainName(person)} picture={person.avatar} size="large" />
        <div class="card-names">
          <h2>
            <Name>{plainName(person)}</Name>
          </h2>
          <p class="handle">
            <Name>@{person.username}</Name>
            {person.role !== "member" && ` · ${words.card.roles[person.role]}`}
          </p>
          {!person.disabled && (
            <p class="card-fact">
              <span class={`presence ${shown}`} />
              {words.presence[shown]}
            </p>
          )}
        </div>
      </div>
      <Said person={person} />
      {person.disabled
        ? <p class="card-fact">{words.card.disabled}</p>
        : <LocalClock person={person} />}
      <PersonActs person={person} onClose={onClose} />
    </>
  );
}

/** What they say of themselves, and until when. */
function Said({ person }: { person: User }) {
  const { words, clock } = useDialogView();
  const status = useStatus(person.status);
  if (status === null || person.disabled) return null;
  const { emoji, text, until } = status;
  return (
    <div class="card-status">
      <span class="status-mark" aria-hidden="true">
        <EmojiSign sign={emoji} />
      </span>
      <p class="grow">
        <bdi>{text || emoji}</bdi>
        {until !== null && (
          <span class="handle">
            {words.card.until(
              dayNumber(until, clock.value) === dayNumber(Date.now(), clock.value)
                ? formatTime(until, clock.value)
                : formatMoment(until, clock.value, words.dates),
            )}
          </span>
        )}
      </p>
    </div>
  );
}

function LocalClock({ person: { id, timeZone } }: { person: User }) {
  const { words, state, clock, language } = useDialogView();
  if (timeZone === undefined || id === state.me.value.id) return null;
  const now = Date.now();
  const there = localTime(timeZone, now, {
    language,
    halves: Boolean(clock.value.style?.halves),
    aheadHere: clock.value.ahead(now),
  });
  if (there === null) return null;
  return (
    <p class="card-fact">
      <Icon name="clock" />
      <span>
        {words.card.localTime(there.text)}
        {there.ahead !== 0 && <span class="handle">{words.card.ahead(there.ahead)}</span>}
      </span>
    </p>
  );
}
