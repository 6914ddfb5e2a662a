/** What can be done with somebody, from their card. It must not know where the card stands. */
import { useSignal } from "@preact/signals";
import { mayAdminister, mayReach, mayWrite } from "../../protocol/permissions.ts";
import type { User } from "../../protocol/people.ts";
import { type DialogView, useDialogView } from "../dialog_view.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Icon } from "../parts/Icon.tsx";
import { mayBegin, standing } from "../rights.ts";
import { attempt, draftOf } from "../view.ts";

interface PersonActsProps {
  person: User;
  onClose: () => void;
}

export function PersonActs({ person, onClose }: PersonActsProps) {
  const view = useDialogView();
  const { words, state } = view;
  const me = state.me.value;
  const isOwn = person.id === me.id;
  const room = state.openRoom.value;
  return (
    <div class="card-acts">
      {!isOwn && mayTalk(view, person) && <TalkButton person={person} onClose={onClose} />}
      {!isOwn && mayMention(view, person) && (
        <button
          type="button"
          class="button"
          onClick={() => {
            onClose();
            mention(view, room!, person);
          }}
        >
          {words.card.mention}
        </button>
      )}
      {isOwn && (
        <button
          type="button"
          class="button primary"
          data-autofocus
          onClick={() => view.dialog.value = { kind: "status" }}
        >
          <Icon name="smile" />
          {words.status.title}
        </button>
      )}
      {isOwn && (
        <a class="button" href={`/settings/profile${query(room)}`}>
          <Icon name="edit" />
          {words.card.edit}
        </a>
      )}
      {!isOwn && mayAdminister(me) === "allowed" && (
        <a class="button" href={`/admin/people/${person.id}${query(room)}`}>
          <Icon name="gear" />
          {words.card.manage}
        </a>
      )}
    </div>
  );
}

function TalkButton({ person, onClose }: PersonActsProps) {
  const view = useDialogView();
  const busy = useSignal(false);
  async function talk() {
    if (busy.value) return;
    busy.value = true;
    let room = knownDirect(view, person.id);
    const done = await attempt(view, async () => {
      room ??= (await view.actions.openDirect([person.id])).id;
    });
    busy.value = false;
    if (!done || room === undefined) return;
    onClose();
    view.navigate({ room });
  }
  return (
    <button type="button" class="button primary" data-autofocus onClick={() => void talk()}>
      <AnyIcon name="chat" />
      {view.words.card.message}
    </button>
  );
}

function query(room: number | null): string {
  return room === null ? "" : `?room=${room}`;
}

/** The direct room with just this person, if it is in the list. */
function knownDirect({ state }: DialogView, id: number): number | undefined {
  const self = state.me.peek().id;
  for (const room of state.rooms.peek().values()) {
    const others = room.kind === "direct" ? room.users?.filter((one) => one !== self) : undefined;
    if (others === undefined || room.group) continue;
    if (id === self ? others.length === 0 : others.length === 1 && others[0] === id) return room.id;
  }
  return undefined;
}

/** Who may begin no conversation can still go on with one. */
function mayTalk(view: DialogView, person: User): boolean {
  if (knownDirect(view, person.id) !== undefined) return true;
  const { me, workspace } = view.state;
  return mayReach(person) === "allowed" && mayBegin(me.value, workspace.value).direct;
}

function mayMention({ state }: DialogView, person: User): boolean {
  const room = state.rooms.value.get(state.openRoom.value ?? 0);
  if (room === undefined || room.kind === "direct") return false;
  return mayReach(person) === "allowed" && mayWrite(standing(state.me.value, room)) === "allowed";
}

/** At the end of what is being written there. */
function mention(view: DialogView, room: number, { username }: User): void {
  const { text, edit } = draftOf(view, room);
  const added = (before: string) => `${before}${/(^|\s)$/.test(before) ? "" : " "}@${username} `;
  view.actions.changeDraft(
    room,
    edit === null ? { text: added(text) } : { edit: { ...edit, text: added(edit.text) } },
  );
  // When the dialog has given the focus back, and the field has its new text.
  setTimeout(() => {
    const field = document.querySelector<HTMLTextAreaElement>("textarea#composer");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  });
}
