/** The devices that are signed in, and how to sign them out. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../../protocol/sessions.ts";
import { formatAgo, localClock } from "../dates.ts";
import { Name } from "../parts/Name.tsx";
import { attempt, errorText } from "../view.ts";
import { useDialogView } from "./dialog_view.ts";

export function SessionList() {
  const view = useDialogView();
  const { words, actions } = view;
  const sessions = useSignal<Session[] | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    actions.sessions().then(
      (found) => sessions.value = found,
      (thrown) => error.value = errorText(words, thrown),
    );
  }, []);

  async function revoke(session: Session) {
    if (!await attempt(view, () => actions.revokeSession(session.id))) return;
    sessions.value = sessions.value?.filter((one) => one.id !== session.id) ?? null;
  }
  return (
    <section class="settings-section">
      <h3>{words.settings.sessions}</h3>
      {error.value && <p class="form-error" role="alert">{error.value}</p>}
      {sessions.value === null && !error.value && <p class="panel-note">{words.common.loading}</p>}
      <ul class="sessions">
        {sessions.value?.map((session) => (
          <SessionRow key={session.id} session={session} onRevoke={revoke} />
        ))}
      </ul>
    </section>
  );
}

interface SessionRowProps {
  session: Session;
  onRevoke: (session: Session) => void;
}

function SessionRow({ session, onRevoke }: SessionRowProps) {
  const { words, language, clock } = useDialogView();
  const device = session.device || words.settings.unknownDevice;
  const seen = words.settings.lastSeen(
    formatAgo(session.lastSeen, localClock(Date.now(), clock.value.style), language, words.dates),
  );
  return (
    <li class="session">
      <span class="result-text grow">
        <Name class="name">{device}</Name>
        <span class="handle">
          {session.address} · {session.current ? words.settings.thisDevice : seen}
        </span>
      </span>
      {!session.current && (
        <button
          type="button"
          class="button small"
          aria-label={words.settings.revokeDevice(device)}
          onClick={() => onRevoke(session)}
        >
          {words.settings.revoke}
        </button>
      )}
    </li>
  );
}
