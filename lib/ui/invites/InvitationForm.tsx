/** The form that makes an invitation: for whom, into which rooms, how often, until when. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { PageWords } from "../catalogue/pages.ts";
import { Choice } from "../parts/Choice.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { roomIcon } from "../parts/room_icon.ts";
import type { WhoseProps } from "../parts/Whose.tsx";
import { DAYS, type InvitationWish, USES } from "./wish.ts";

export interface InvitationFormProps {
  words: PageWords;
  page: WhoseProps;
  action: string;
  /** Into which the reader may invite. */
  rooms: readonly MemberRoom[];
  /** As it was typed, after a refusal. */
  wish: InvitationWish;
  /** A guest needs a room. */
  roomless: boolean;
  /** It holds refused input. */
  unsaved: boolean;
}

export function InvitationForm(
  { words, page, action, rooms, wish, roomless, unsaved }: InvitationFormProps,
) {
  const uses = [
    ["", words.invites.anyNumber],
    ...USES.map((count) => [String(count), words.invites.people(count)] as const),
  ] as const;
  const days = [
    ...DAYS.map((count) => [String(count), words.invites.days(count)] as const),
    ["", words.invites.noEnd],
  ] as const;
  return (
    <PageForm page={page} action={action} id="invite" unsaved={unsaved}>
      <div class="field">
        <label for="role">{words.invites.who}</label>
        <Choice
          id="role"
          name="role"
          value={wish.role}
          options={Object.entries(words.invites.roleChoices)}
          describedBy="role-hint"
        />
        <p class="hint" id="role-hint">{words.invites.guestHint}</p>
      </div>
      <RoomChoice words={words} rooms={rooms} chosen={wish.rooms} missing={roomless} />
      <div class="invitation-limits">
        <div class="field">
          <label for="uses">{words.invites.howMany}</label>
          <Choice id="uses" name="uses" value={wish.uses} options={uses} />
        </div>
        <div class="field">
          <label for="days">{words.invites.howLong}</label>
          <Choice id="days" name="days" value={wish.days} options={days} />
        </div>
      </div>
      <div>
        <button type="submit" class="button primary">{words.invites.make}</button>
      </div>
    </PageForm>
  );
}

export interface RoomChoiceProps {
  words: PageWords;
  rooms: readonly MemberRoom[];
  chosen: readonly number[];
  missing?: boolean;
  /** Where a page has several such forms: what tells this one's fields apart. */
  prefix?: string;
}

export function RoomChoice(
  { words, rooms, chosen, missing = false, prefix = "" }: RoomChoiceProps,
) {
  if (rooms.length === 0) return null;
  const id = (name: string) => prefix === "" ? name : `${prefix}-${name}`;
  return (
    <fieldset
      class="invitation-rooms"
      aria-describedby={missing ? id("rooms-error") : id("rooms-hint")}
    >
      <legend>{words.invites.rooms}</legend>
      {missing
        ? <p class="field-error" id={id("rooms-error")}>{words.invites.guestNeedsRoom}</p>
        : <p class="hint" id={id("rooms-hint")}>{words.invites.roomsHint}</p>}
      <ul>
        {rooms.map((room, index) => (
          <li key={room.id}>
            <label class="check">
              <input
                type="checkbox"
                name="room"
                value={room.id}
                checked={chosen.includes(room.id)}
                autofocus={missing && index === 0}
                autocomplete="off"
              />
              <Icon name={roomIcon(room)} />
              <Name>{room.name}</Name>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
