/** The devices that are signed in, this one first, and how to sign the others out. */
import type { Session } from "../../protocol/sessions.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../dates.ts";
import { Name } from "../parts/Name.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";

/** A program that signs in every hour has 720 sessions: the newest are shown, all can be ended. */
const MOST_SHOWN = 100;

export interface DevicesProps {
  sessions: readonly Session[];
  now: Timestamp;
  page: SettingsProps;
}

export function Devices({ sessions, now, page }: DevicesProps) {
  const words = pageWords(page.language);
  const sorted = sessions.toSorted((a, b) =>
    Number(b.current) - Number(a.current) || b.lastSeen - a.lastSeen
  );
  const more = sessions.length - MOST_SHOWN;
  return (
    <SettingsForm section="security" id="devices" page={page}>
      <ul class="devices">
        {sorted.slice(0, MOST_SHOWN).map((session) => (
          <Device
            key={session.id}
            session={session}
            seen={words.settings.lastSeen(ago(session.lastSeen, now, page, words))}
            words={words}
          />
        ))}
      </ul>
      {more > 0 && <p class="hint">{words.settings.moreDevices(more)}</p>}
      {sessions.length > 2 && (
        <div>
          <button type="submit" name="end" value="others" class="button">
            {words.settings.revokeOthers}
          </button>
        </div>
      )}
    </SettingsForm>
  );
}

/** Days are the server's own: without a script it does not know the reader's. */
function ago(at: Timestamp, now: Timestamp, { language }: SettingsProps, words: PageWords): string {
  return formatAgo(at, { now, ahead: () => 0 }, language, words.dates);
}

function Device(
  { session, seen, words }: { session: Session; seen: string; words: PageWords },
) {
  const device = session.device || words.settings.unknownDevice;
  return (
    <li class="device">
      <span class="device-text grow">
        <Name class="name">{device}</Name>
        <span class="handle">
          {session.address} · {session.current ? words.settings.thisDevice : seen}
        </span>
      </span>
      {!session.current && (
        <button
          type="submit"
          name="end"
          value={session.id}
          class="button small"
          aria-label={words.settings.revokeDevice(device)}
        >
          {words.settings.revoke}
        </button>
      )}
    </li>
  );
}
