/** `/admin/requests`: who asks to join, and letting them in. */
import type { JoinRequest, JoinRequestsPage } from "../../protocol/join_requests.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatDate, SERVER_CLOCK } from "../dates.ts";
import { RoomChoice } from "../invites/InvitationForm.tsx";
import type { RefusedDecision } from "../invites/wish.ts";
import { Choice } from "../parts/Choice.tsx";
import { Name } from "../parts/Name.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { adminPath, type AdminProps } from "./sections.ts";

export interface RequestsPageProps extends AdminProps {
  listed: JoinRequestsPage;
  /** Those that were decided are shown. */
  decided: boolean;
  /** Into which the reader may invite. */
  rooms: readonly MemberRoom[];
  /** Whether people can ask just now. */
  open: boolean;
  /** What was chosen for one of them, after a refusal. */
  refused: RefusedDecision | null;
}

export function RequestsPage(
  { listed, decided, rooms, open, refused, ...page }: RequestsPageProps,
) {
  const words = pageWords(page.language);
  const { requests, next } = listed;
  const at = (query: Record<string, string | number | null>) =>
    adminPath("requests", page.room, query);
  const state = decided ? "decided" : null;
  return (
    <AdminFrame section="requests" {...page}>
      <p class="hint">{open ? words.requests.lead : words.requests.closed}</p>
      {decided && <h2>{words.requests.decidedTitle}</h2>}
      {requests.length === 0
        ? <p class="admin-empty">{words.requests[decided ? "noneDecided" : "none"]}</p>
        : (
          <ul class="invitations">
            {requests.map((request) => (
              <li key={request.id} class="request">
                <Asked words={words} request={request} />
                {!decided && (
                  <Decision
                    words={words}
                    request={request}
                    rooms={rooms}
                    refused={refused?.id === request.id ? refused : null}
                    page={page}
                    action={at({})}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      <div class="admin-actions">
        {next !== null && <a class="button" href={at({ state, after: next })}>{words.admin.more}
        </a>}
        <a class="button" href={at({ state: decided ? null : "decided" })}>
          {words.requests[decided ? "showWaiting" : "showDecided"]}
        </a>
      </div>
    </AdminFrame>
  );
}

function Asked({ words, request }: { words: PageWords; request: JoinRequest }) {
  const { displayName, username, note, createdAt, address, state } = request;
  const when = formatDate(createdAt, SERVER_CLOCK, words.dates);
  return (
    <div class="invitation-text">
      <p class="invitation-title">
        <Name>{displayName}</Name>
        <Name class="hint">@{username}</Name>
        {state !== "waiting" && <span>{words.requests.states[state]}</span>}
      </p>
      {note === ""
        ? <p class="hint">{words.requests.noNote}</p>
        : <p class="request-note" dir="auto">{note}</p>}
      <p class="hint">{words.requests.asked(when, address)}</p>
    </div>
  );
}

interface DecisionProps extends Pick<RequestsPageProps, "rooms" | "refused"> {
  words: PageWords;
  request: JoinRequest;
  page: AdminProps;
  action: string;
}

function Decision({ words, request, rooms, refused, page, action }: DecisionProps) {
  const { id, username } = request;
  const missing = refused !== null && (page.errors?.some(({ path }) => path === "rooms") ?? false);
  return (
    <PageForm
      page={page}
      action={action}
      id={`request-${id}`}
      class="request-form"
      unsaved={refused !== null}
    >
      <input type="hidden" name="request" value={id} />
      <details open={refused !== null}>
        <summary>{words.requests.more}</summary>
        <div class="field">
          <label for={`role-${id}`}>{words.invites.who}</label>
          <Choice
            id={`role-${id}`}
            name="role"
            value={refused?.role ?? "member"}
            options={Object.entries(words.invites.roleChoices)}
          />
          <p class="hint">{words.invites.guestHint}</p>
        </div>
        <RoomChoice
          words={words}
          rooms={rooms}
          chosen={refused?.rooms ?? []}
          missing={missing}
          prefix={`request-${id}`}
        />
      </details>
      <div class="invitation-actions">
        <button
          type="submit"
          name="decision"
          value="accept"
          class="button primary"
          aria-label={words.requests.acceptName(username)}
        >
          {words.requests.accept}
        </button>
        <button
          type="submit"
          name="decision"
          value="refuse"
          class="button"
          aria-label={words.requests.refuseName(username)}
        >
          {words.requests.refuse}
        </button>
      </div>
    </PageForm>
  );
}
