/** The page of invitations, for staff in their frame and for members in one of its own. */
import type { FormPageProps } from "../form_page.ts";
import type { InvitesPage } from "../../protocol/invites.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { pageWords } from "../catalogue/pages.ts";
import { InvitationForm } from "./InvitationForm.tsx";
import { InvitationList } from "./InvitationList.tsx";
import { InvitationShown, type ShownInvitation } from "./InvitationShown.tsx";
import type { InvitationWish } from "./wish.ts";

export interface InvitationsData {
  listed: InvitesPage;
  /** The ended ones are shown. */
  ended: boolean;
  rooms: readonly MemberRoom[];
  wish: InvitationWish;
  roomless: boolean;
  /** The one whose link is shown. */
  shown: ShownInvitation | null;
}

export interface InvitationsBodyProps extends FormPageProps<string>, InvitationsData {
  /** This page with another query. */
  path(query: Readonly<Record<string, string | number | null>>): string;
}

export function InvitationsBody(
  { listed, ended, rooms, wish, roomless, shown, path, ...page }: InvitationsBodyProps,
) {
  const words = pageWords(page.language);
  const { invites, people, next } = listed;
  const state = ended ? "ended" : null;
  return (
    <>
      {shown && <InvitationShown words={words} shown={shown} />}
      {!ended && (
        <section class="settings-part" aria-labelledby="make-title">
          <h2 id="make-title">{words.invites.makeTitle}</h2>
          <InvitationForm
            words={words}
            page={page}
            action={path({})}
            rooms={rooms}
            wish={wish}
            roomless={roomless}
            unsaved={page.error !== undefined}
          />
        </section>
      )}
      <section class="settings-part" aria-labelledby="list-title">
        <h2 id="list-title">{words.invites[ended ? "endedTitle" : "openTitle"]}</h2>
        {invites.length === 0
          ? <p class="hint">{words.invites[ended ? "noneEnded" : "noneOpen"]}</p>
          : (
            <InvitationList
              words={words}
              page={page}
              invites={invites}
              people={people}
              rooms={listed.rooms}
              action={path({ state })}
              showPath={(show) => path({ show })}
            />
          )}
        <div class="admin-actions">
          {next !== null && (
            <a class="button" href={path({ state, before: next })}>{words.admin.more}</a>
          )}
          <a class="button" href={path({ state: ended ? null : "ended" })}>
            {words.invites[ended ? "showOpen" : "showEnded"]}
          </a>
        </div>
      </section>
    </>
  );
}
