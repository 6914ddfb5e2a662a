/** Finds people: to begin a direct conversation, or to bring them into a room. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { PEOPLE_ASKED } from "../../protocol/limits.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayReach } from "../../protocol/permissions.ts";
import { fullName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { matching, merged } from "../people_search.ts";
import { titleOf } from "../view.ts";
import { useDialogView } from "../dialog_view.ts";
import { FormActions } from "../parts/FormActions.tsx";
import { useChoosingKeys } from "./choosing_keys.ts";
import { type Search, useSearch } from "./search.ts";
import { useSubmission } from "./submit.ts";

/** How many people a list shows; more letters narrow it down. */
const MOST_SHOWN = 60;

type CloseProps = { onClose: () => void };

export function DirectDialog({ onClose }: CloseProps) {
  const { words, actions, navigate, state } = useDialogView();
  const most = state.limits.value.directUsers;
  return (
    <ChoosePeople
      title={words.people.directTitle}
      submit={words.people.start}
      most={most}
      unavailable={(user) => user.id === state.me.value.id ? words.common.you : null}
      onClose={onClose}
      onSubmit={async (people) => {
        const room = await actions.openDirect(people.map((user) => user.id));
        onClose();
        navigate({ room: room.id });
      }}
    />
  );
}

export function AddMembersDialog({ room, onClose }: CloseProps & { room: MemberRoom }) {
  const view = useDialogView();
  const { words, actions, membersChanges } = view;
  const members = useSignal<ReadonlySet<number>>(new Set());
  /** Only of those shown: a room may have thousands. */
  async function learnMembers(people: readonly User[]) {
    const ids = people.map((user) => user.id).slice(0, PEOPLE_ASKED);
    if (ids.length === 0) return;
    const found = await actions.membersAmong(room.id, ids);
    members.value = new Set([...members.value, ...found.map((user) => user.id)]);
  }
  return (
    <ChoosePeople
      title={words.people.addTitle(titleOf(view, room))}
      submit={words.people.add}
      most={Infinity}
      // Until it is known, nobody is marked as a member; adding one again changes nothing.
      unavailable={(user) => members.value.has(user.id) ? words.people.alreadyMember : null}
      onFound={(people) => void learnMembers(people).catch(() => {})}
      onClose={onClose}
      onSubmit={async (people) => {
        for (const user of people) await actions.addMember(room.id, user.id);
        membersChanges.value++;
        onClose();
      }}
    />
  );
}

interface ChoosePeopleProps extends CloseProps {
  title: string;
  submit: string;
  most: number;
  /** Why somebody cannot be chosen; null where they can. */
  unavailable: (user: User) => string | null;
  /** These are shown now. */
  onFound?: (people: User[]) => void;
  onSubmit: (people: User[]) => Promise<void>;
}

function ChoosePeople(
  { title, submit, most, unavailable, onFound, onSubmit, onClose }: ChoosePeopleProps,
) {
  const { words, actions } = useDialogView();
  const chosen = useSignal<User[]>([]);
  const search = useSearch((query) => actions.searchUsers(query));
  const found = useFound(search);
  useEffect(() => onFound?.(found), [found.map((user) => user.id).join()]);
  const submission = useSubmission();
  const full = chosen.value.length >= most;

  function toggle(user: User) {
    const without = chosen.value.filter((one) => one.id !== user.id);
    chosen.value = without.length < chosen.value.length ? without : [...without, user];
  }
  const isChosen = (user: User) => chosen.value.some((one) => one.id === user.id);
  const free = found.find((user) => unavailable(user) === null && !isChosen(user));
  const next = full ? undefined : free;
  const keys = useChoosingKeys(search, { chosen: chosen.value, next, toggle });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="form"
        onKeyDown={keys}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.value.length > 0) void submission.run(() => onSubmit(chosen.value));
        }}
      >
        <Chosen people={chosen.value} onRemove={toggle} />
        <SearchField label={words.people.search} query={search.query} />
        {full && <p class="hint">{words.people.tooMany(most)}</p>}
        {search.results !== null && found.length === 0 && (
          <p class="panel-note">{words.people.nobody}</p>
        )}
        <ul class="results">
          {found.map((user) => (
            <Person
              key={user.id}
              user={user}
              checked={isChosen(user)}
              note={unavailable(user)}
              full={full}
              onToggle={toggle}
            />
          ))}
        </ul>
        {(submission.error ?? search.error) && (
          <p class="form-error" role="alert">{submission.error ?? search.error}</p>
        )}
        <FormActions
          onClose={onClose}
          label={submit}
          disabled={submission.busy || chosen.value.length === 0}
        />
      </form>
    </Dialog>
  );
}

/** What the server found; until it answers, or if it cannot, the people known here. */
function useFound({ query, results, answered }: Search<User>): User[] {
  const { state } = useDialogView();
  const asked = query.value;
  const told = results ?? [];
  if (asked.trim() === "") return active(told);
  const known = matching(state.users.value.values(), asked);
  const found = answered === asked ? told : matching(told, asked);
  return active(merged(found, known)).slice(0, MOST_SHOWN);
}

function active(people: readonly User[]): User[] {
  return people.filter((user) => mayReach(user) === "allowed");
}

function Chosen({ people, onRemove }: { people: User[]; onRemove: (user: User) => void }) {
  const { words } = useDialogView();
  if (people.length === 0) return null;
  return (
    <ul class="chosen" aria-label={words.people.chosen}>
      {people.map((user) => (
        <li key={user.id}>
          <button
            type="button"
            class="chip"
            aria-label={words.people.remove(fullName(user))}
            onClick={() => onRemove(user)}
          >
            <Name>{fullName(user)}</Name>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PersonProps {
  user: User;
  checked: boolean;
  note: string | null;
  full: boolean;
  onToggle: (user: User) => void;
}

function Person({ user, checked, note, full, onToggle }: PersonProps) {
  const disabled = note !== null || (full && !checked);
  return (
    <li>
      <label class={disabled ? "result tickable disabled" : "result tickable"}>
        <Avatar id={user.id} name={user.displayName} picture={user.avatar} />
        <span class="result-text grow">
          <Name class="name">{user.displayName}</Name>
          <span class="handle">
            <Name>@{user.username}</Name>
            {note && ` · ${note}`}
          </span>
        </span>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={() => onToggle(user)}
        />
      </label>
    </li>
  );
}
