/**
 * Who somebody is, beside the name or picture that was clicked; on a phone at the bottom edge. What
 * can be done with them from here needs no way through a list.
 */
import { useRef } from "preact/hooks";
import type { User } from "../../protocol/people.ts";
import { useDialogView } from "../dialog_view.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { useModal } from "../parts/modal.ts";
import { Name } from "../parts/Name.tsx";
import type { Box } from "../view.ts";
import { putBeside } from "./beside.ts";
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
  const element = useModal((dialog) => putBeside(dialog, at));
  const body = useRef<HTMLDivElement>(null);
  return (
    <dialog
      ref={element}
      class="dialog card"
      aria-label={person === undefined ? words.common.loading : plainName(person)}
      onClose={onClose}
      onPointerDown={(event) => event.target === element.current && onClose()}
    >
      <div class="card-body" ref={body}>
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
      <Avatar id={person.id} name={plainName(person)} picture={person.avatar} size="large" />
      <div class="card-names">
        <h2>
          <Name>{plainName(person)}</Name>
        </h2>
        <p class="handle">
          <Name>@{person.username}</Name>
          {person.role !== "member" && ` · ${words.card.roles[person.role]}`}
        </p>
      </div>
      {person.disabled ? <p class="card-fact">{words.card.disabled}</p> : (
        <p class="card-fact">
          <span class={`presence ${shown}`} />
          {words.presence[shown]}
        </p>
      )}
      <PersonActs person={person} onClose={onClose} />
    </>
  );
}
