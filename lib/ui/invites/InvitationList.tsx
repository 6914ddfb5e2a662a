/** Invitations as those see them who made them, or staff: what each does, and taking it back. */
import type { Invite, InvitedRoom } from "../../protocol/invites.ts";
import type { User } from "../../protocol/people.ts";
import type { PageWords } from "../catalogue/pages.ts";
import { formatDate, SERVER_CLOCK } from "../dates.ts";
import { plainName } from "../names.ts";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { roomIcon } from "../parts/room_icon.ts";
import type { WhoseProps } from "../parts/Whose.tsx";

export interface InvitationListProps {
  words: PageWords;
  page: WhoseProps;
  invites: readonly Invite[];
  people: readonly User[];
  rooms: readonly InvitedRoom[];
  /** Where the page's forms are sent. */
  action: string;
  /** The page that shows this invitation's link. */
  showPath(id: number): string;
}

export function InvitationList({ invites, people, rooms, ...list }: InvitationListProps) {
  const makers = new Map(people.map((user) => [user.id, user]));
  const named = new Map(rooms.map((room) => [room.id, room]));
  return (
    <ul class="invitations">
      {invites.map((invite) => (
        <Invitation
          key={invite.id}
          {...list}
          invite={invite}
          maker={makers.get(invite.createdBy)}
          rooms={invite.rooms.flatMap((id) => named.get(id) ?? [])}
        />
      ))}
    </ul>
  );
}

interface ItemProps extends Pick<InvitationListProps, "words" | "page" | "action" | "showPath"> {
  invite: Invite;
  maker: User | undefined;
  rooms: readonly InvitedRoom[];
}

function Invitation({ words, page, action, showPath, invite, maker, rooms }: ItemProps) {
  const isOpen = invite.state === "open";
  const revocable = isOpen || invite.state === "void";
  return (
    <li class="invitation">
      <div class="invitation-text">
        <p class="invitation-title">
          {words.invites.roles[invite.role]}
          {rooms.map(({ id, name, kind }) => (
            <span key={id} class="invitation-room">
              <Icon name={roomIcon({ archived: false, kind })} />
              <Name>{name}</Name>
            </span>
          ))}
        </p>
        <p class="hint">{usesOf(words, invite)} · {endOf(words, invite)}</p>
        {maker && <p class="hint">{words.invites.by(plainName(maker))}</p>}
        {invite.state !== "open" && <p class="hint">{words.invites.states[invite.state]}</p>}
      </div>
      <div class="invitation-actions">
        {isOpen && invite.code !== null && (
          <a class="button small" href={showPath(invite.id)}>{words.invites.show}</a>
        )}
        {revocable && (
          <PageForm page={page} action={action} id={`revoke-${invite.id}`} class="">
            <input type="hidden" name="revoke" value={invite.id} />
            <button type="submit" class="button small">{words.invites.revoke}</button>
          </PageForm>
        )}
      </div>
    </li>
  );
}

function usesOf(words: PageWords, { uses, used }: Invite): string {
  return uses === null ? words.invites.used(used) : words.invites.usedOf(used, uses);
}

function endOf(words: PageWords, { expiresAt }: Invite): string {
  if (expiresAt === null) return words.invites.noEnd;
  return words.invites.until(formatDate(expiresAt, SERVER_CLOCK, words.dates));
}
