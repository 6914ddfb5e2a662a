/**
 * The devices that are signed in, this one first: from where, how and since when; which of them are
 * news; and how to sign the others out.
 */
import { deviceIn } from "../catalogue/device_names.ts";
import type { Language } from "../../protocol/accounts.ts";
import type { Session } from "../../protocol/sessions.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { Name } from "../parts/Name.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";

/** A program that signs in every hour has 720 sessions: the newest are shown, all can be ended. */
const MOST_SHOWN = 100;

export interface DevicesProps {
  sessions: readonly Session[];
  /** Ids of those that this device has not acknowledged yet. */
  news: readonly number[];
  /** Ids of those in the network of this request. */
  near: readonly number[];
  now: Timestamp;
  page: SettingsProps;
}

export function Devices({ sessions, news, near, now, page }: DevicesProps) {
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
            isNew={news.includes(session.id)}
            lines={linesOf(session, { near, now, page, words })}
            words={words}
            language={page.language}
          />
        ))}
      </ul>
      {more > 0 && <p class="hint">{words.settings.moreDevices(more)}</p>}
      {news.length > 0 && (
        <div>
          <input type="hidden" name="news" value={news.join(" ")} />
          <button type="submit" name="seen" value="all" class="button primary">
            {words.devices.mine}
          </button>
        </div>
      )}
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

interface LineFacts extends Pick<DevicesProps, "near" | "now" | "page"> {
  words: PageWords;
}

/** From where and when it was seen; how and when it signed in. */
function linesOf(session: Session, { near, now, page, words }: LineFacts): [string, string] {
  const seen = words.settings.lastSeen(ago(session.lastSeen, now, page, words));
  const where = [session.address, session.current ? words.settings.thisDevice : seen];
  // Not every way is known: a later version may have served this database before.
  const ways: Partial<Record<string, string>> = words.devices.ways;
  const how = [words.devices.signedIn(ago(session.createdAt, now, page, words), ways[session.way])];
  if (near.includes(session.id) && !session.current) how.push(words.devices.near);
  return [where.join(" · "), how.join(" · ")];
}

/** Days are the server's own: without a script it does not know the reader's. */
function ago(at: Timestamp, now: Timestamp, { language }: SettingsProps, words: PageWords): string {
  return formatAgo(at, { now, ahead: () => 0 }, language, words.dates);
}

function Device(
  { session, isNew, lines, words, language }: {
    session: Session;
    isNew: boolean;
    lines: readonly string[];
    words: PageWords;
    language: Language;
  },
) {
  const device = deviceIn(language, session.device) || words.settings.unknownDevice;
  return (
    <li class="device">
      <span class="device-text grow">
        <span>
          <Name class="name">{device}</Name>
          {isNew && <span class="device-new">{words.devices.isNew}</span>}
        </span>
        {lines.map((line) => <span key={line} class="handle">{line}</span>)}
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
