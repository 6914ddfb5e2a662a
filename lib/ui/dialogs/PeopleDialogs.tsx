/** Finds people: to begin a direct conversation, or to bring them into a room. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MemberRoom, User } from "../../protocol/objects.ts";
import { fullName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { titleOf, useView } from "../view.ts";
import { FormActions } from "./RoomDialogs.tsx";
import { useSearch } from "./search.ts";
import { useSubmission } from "./submit.ts";

type CloseProps = { onClose: () => void };

export function DirectDialog({ onClose }: CloseProps) {
  const { words, actions, navigate, state } = useView();
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
  const view = useView();
  const { words, actions, membersChanges } = view;
  const members = useSignal<ReadonlySet<number>>(new Set());
  useEffect(() => {
    // Without the answer nobody is marked as a member, and adding one again changes nothing.
    actions.members(room.id).then(
      (found) => members.value = new Set(found.map((member) => member.id)),
      () => {},
    );
  }, []);
  return (
    <ChoosePeople
      title={words.people.addTitle(titleOf(view, room))}
      submit={words.people.add}
      most={Infinity}
      unavailable={(user) => members.value.has(user.id) ? words.people.alreadyMember : null}
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
  onSubmit: (people: User[]) => Promise<void>;
}

function ChoosePeople({ title, submit, most, unavailable, onSubmit, onClose }: ChoosePeopleProps) {
  const { words, actions } = useView();
  const chosen = useSignal<User[]>([]);
  const search = useSearch((query) => actions.searchUsers(query));
  const submission = useSubmission();
  const full = chosen.value.length >= most;

  function toggle(user: User) {
    const without = chosen.value.filter((one) => one.id !== user.id);
    chosen.value = without.length < chosen.value.length ? without : [...without, user];
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.value.length > 0) void submission.run(() => onSubmit(chosen.value));
        }}
      >
        <Chosen people={chosen.value} onRemove={toggle} />
        <SearchField label={words.people.search} query={search.query} />
        {full && <p class="hint">{words.people.tooMany(most)}</p>}
        {search.results?.length === 0 && <p class="panel-note">{words.people.empty}</p>}
        <ul class="results">
          {search.results?.filter((user) => !user.disabled).map((user) => (
            <Person
              key={user.id}
              user={user}
              checked={chosen.value.some((one) => one.id === user.id)}
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

function Chosen({ people, onRemove }: { people: User[]; onRemove: (user: User) => void }) {
  const { words } = useView();
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
            {fullName(user)}
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
      <label class={disabled ? "result person disabled" : "result person"}>
        <Avatar id={user.id} name={user.displayName} picture={user.avatar} />
        <span class="result-text grow">
          <span class="name">{user.displayName}</span>
          <span class="handle">@{user.username}{note && ` · ${note}`}</span>
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
