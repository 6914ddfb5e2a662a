/** The page of an invitation's link: who invites where, and the ways in. Works without a script. */
import type { Language } from "../../protocol/accounts.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Invitation } from "../../protocol/invites.ts";
import type { User } from "../../protocol/people.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { InvitedRooms } from "../parts/InvitedRooms.tsx";
import { Whose, type WhoseProps } from "../parts/Whose.tsx";
import { AuthFrame } from "./AuthFrame.tsx";

export interface InvitationPageProps {
  language: Language;
  code: string;
  /** What the chat is called. */
  place: string;
  /** Null where it lets nobody in, or `error` says why it cannot be shown. */
  invitation: Invitation | null;
  /** Who is signed in, and whose page it is. */
  caller: (WhoseProps & { user: User }) | null;
  error?: ErrorCode | undefined;
}

export function InvitationPage({ invitation, error, ...page }: InvitationPageProps) {
  const words = pageWords(page.language);
  if (invitation === null) return <Gone words={words} error={error} />;
  const { caller, place } = page;
  const guest = invitation.rooms.length > 0 ? "guest" : "guestAlone";
  const lead = words.invitation[invitation.role === "member" ? "member" : guest];
  return (
    <AuthFrame
      title={words.invitation.title(invitation.invitedBy.displayName, place)}
      lead={caller !== null ? undefined : lead}
    >
      {error && <p class="form-error" role="alert">{words.errors[error]}</p>}
      <InvitedRooms label={words.invitation.rooms} rooms={invitation.rooms} />
      {caller === null
        ? <ForStrangers words={words} code={page.code} />
        : <ForCaller words={words} caller={caller} leads={invitation.rooms.length > 0} />}
    </AuthFrame>
  );
}

function Gone({ words, error }: { words: PageWords; error: ErrorCode | undefined }) {
  const gone = error === undefined || error === "not_found";
  return (
    <AuthFrame
      title={gone ? words.invitation.goneTitle : words.page.errorTitle}
      lead={gone ? words.invitation.gone : words.errors[error]}
    >
      <a class="button primary wide" href="/">{words.invitation.open}</a>
    </AuthFrame>
  );
}

function ForStrangers({ words, code }: { words: PageWords; code: string }) {
  const next = encodeURIComponent(`/join/${code}`);
  return (
    <div class="auth-form">
      <a class="button primary wide" href={`/signup?invite=${encodeURIComponent(code)}`}>
        {words.invitation.create}
      </a>
      <a class="button wide" href={`/login?next=${next}`}>{words.invitation.haveAccount}</a>
    </div>
  );
}

/** Looking joins nothing: mail programs follow links before their readers do. */
function ForCaller(
  { words, caller, leads }: {
    words: PageWords;
    caller: NonNullable<InvitationPageProps["caller"]>;
    /** It leads into rooms. */
    leads: boolean;
  },
) {
  const { user, ...whose } = caller;
  if (leads) {
    return (
      <form method="post" class="auth-form">
        <Whose {...whose} />
        <button type="submit" class="button primary wide" autofocus>
          {words.invitation.join(`${user.displayName} (@${user.username})`)}
        </button>
      </form>
    );
  }
  return (
    <>
      <p class="auth-lead">{words.invitation.here}</p>
      <div class="auth-form">
        <a class="button primary wide" href="/">{words.invitation.open}</a>
      </div>
    </>
  );
}
