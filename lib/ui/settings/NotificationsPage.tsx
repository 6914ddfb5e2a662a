/** `/settings/notifications`: what each room in the list counts as new for the reader. */
import type { VNode } from "preact";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { plainName, roomTitle, sortRooms } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { roomIcon } from "../parts/room_icon.ts";
import { Choice } from "../parts/Choice.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface NotificationsPageProps extends SettingsProps {
  /** Those in the list, which has an end. */
  rooms: readonly MemberRoom[];
  /** Whether there are others, that are not in the list. */
  hidden: boolean;
  /** The people of direct rooms. */
  users: readonly User[];
  /** What was chosen and not saved, after a refusal: by room. */
  chosen?: Readonly<Record<number, string>> | undefined;
}

type Entry = { room: MemberRoom; title: string };

export function NotificationsPage(
  { rooms, hidden, users, chosen = {}, ...page }: NotificationsPageProps,
) {
  const words = pageWords(page.language);
  const known = new Map(users.map((user) => [user.id, user]));
  const sorted = sortRooms(
    rooms.map((room) => ({ room, title: roomTitle(room, known, page.me.id, words) })),
    page.language,
  );
  const row = (entry: Entry) => (
    <Row
      key={entry.room.id}
      {...entry}
      other={otherIn(entry.room, page.me.id, known)}
      value={chosen[entry.room.id] ?? entry.room.membership.notify}
      words={words}
    />
  );
  const direct = sorted.filter(({ room }) => room.kind === "direct").map(row);
  const others = sorted.filter(({ room }) => room.kind !== "direct").map(row);
  return (
    <SettingsFrame section="notifications" {...page}>
      <p class="hint">{words.settings.notifyHint}</p>
      <SettingsForm section="notifications" id="notifications" page={page} live>
        <Rows title={words.sidebar.rooms} rows={others} />
        <Rows title={words.sidebar.direct} rows={direct} />
        {hidden && <p class="hint">{words.settings.notifyHidden}</p>}
        <div class="without-script settings-save">
          <button type="submit" class="button primary">{words.common.save}</button>
        </div>
      </SettingsForm>
    </SettingsFrame>
  );
}

/** The other person of a direct room, if there is exactly one and they are known. */
function otherIn(room: MemberRoom, self: number, known: ReadonlyMap<number, User>): User | null {
  const others = (room.users ?? []).filter((id) => id !== self);
  return others.length === 1 ? known.get(others[0]!) ?? null : null;
}

function Rows({ title, rows }: { title: string; rows: VNode[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="settings-part">
      <h2>{title}</h2>
      <ul class="room-settings">{rows}</ul>
    </section>
  );
}

interface RowProps extends Entry {
  other: User | null;
  value: string;
  words: PageWords;
}

/** Each choice is sent with its old value: an old page changes only what was changed on it. */
function Row({ room, title, other, value, words }: RowProps) {
  const id = `room-${room.id}`;
  return (
    <li class="room-setting">
      <Mark room={room} other={other} />
      <label for={id} class="grow">
        <Name class="room-setting-name">{title}</Name>
      </label>
      <input type="hidden" name={`was.${room.id}`} value={room.membership.notify} />
      <Choice
        id={id}
        name={`room.${room.id}`}
        value={value}
        options={Object.entries(words.roomMenu.notify)}
      />
    </li>
  );
}

function Mark({ room, other }: { room: MemberRoom; other: User | null }) {
  if (other !== null) {
    const { id, avatar } = other;
    return <Avatar id={id} name={plainName(other)} picture={avatar} size="small" />;
  }
  return (
    <span class="room-setting-mark">
      <Icon name={roomIcon(room)} />
    </span>
  );
}
