/**
 * `/settings/phone`: shows a code that signs a phone in, asks whether the phone that scanned it may
 * come in, and says what became of it. A script only looks for news (`browser/watch_page.ts`).
 */
import { deviceIn } from "../catalogue/device_names.ts";
import type { PhoneLink } from "../../protocol/devices.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { Name } from "../parts/Name.tsx";
import { QrCode } from "../parts/QrCode.tsx";
import { settingsPath, type SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface PhonePageProps extends SettingsProps {
  /** Null where no code is shown, or it has expired. */
  link: PhoneLink | null;
  /** The code's squares, while it waits to be scanned. */
  qr: { size: number; path: string } | null;
  /** The phone is in the network of this request. */
  sameNetwork: boolean;
}

export function PhonePage({ link, qr, sameNetwork, ...page }: PhonePageProps) {
  const words = pageWords(page.language);
  return (
    <SettingsFrame section="phone" {...page}>
      <div class="settings-part" data-waits={waitsFor(link)} aria-live="polite">
        {link?.state === "asked"
          ? <Asked link={link} sameNetwork={sameNetwork} page={page} words={words} />
          : qr !== null && link !== null && link.url !== null
          ? <Waiting url={link.url} qr={qr} page={page} words={words} />
          : <Otherwise link={link} page={page} words={words} />}
      </div>
    </SettingsFrame>
  );
}

/** What may change by itself; nothing once it is decided here. */
export function waitsFor(link: PhoneLink | null): string {
  if (link === null || link.state === "refused" || link.state === "done") return "";
  return `${link.id} ${link.state}`;
}

interface PartProps {
  page: SettingsProps;
  words: PageWords;
}

function Waiting(
  { url, qr, page, words }: PartProps & { url: string; qr: { size: number; path: string } },
) {
  return (
    <>
      <p>{words.devices.phone.scan}</p>
      <QrCode {...qr} label={words.devices.phone.label} />
      <p class="hint">{words.devices.phone.scanHint}</p>
      <p class="hint">
        {words.devices.phone.orType} <code class="phone-address">{url}</code>
      </p>
      <Show page={page} label={words.devices.phone.another} />
    </>
  );
}

function Asked(
  { link, sameNetwork, page, words }: PartProps & { link: PhoneLink; sameNetwork: boolean },
) {
  const address = link.address ?? "";
  return (
    <SettingsForm section="phone" id="decide" page={page}>
      <input type="hidden" name="id" value={link.id} />
      <h2>{words.devices.phone.asked}</h2>
      <p class="device-text">
        <Name class="name">
          {deviceIn(page.language, link.device ?? "") || words.settings.unknownDevice}
        </Name>
        <span class="handle">
          {sameNetwork ? words.devices.sameNetwork(address) : words.devices.network(address)}
        </span>
      </p>
      <p>{words.devices.phone.askedLead}</p>
      <p class="phone-digits">{link.check}</p>
      <div class="phone-answers">
        <button type="submit" name="allow" value="yes" class="button primary">
          {words.devices.phone.allow}
        </button>
        <button type="submit" name="allow" value="no" class="button">
          {words.devices.phone.refuse}
        </button>
      </div>
    </SettingsForm>
  );
}

function Otherwise({ link, page, words }: PartProps & { link: PhoneLink | null }) {
  const state = link?.state;
  if (state === "allowed" || state === "done") {
    return (
      <>
        <p role="status">{words.devices.phone[state]}</p>
        <p class="page-links">
          <a href={settingsPath("security", page.room)}>{words.devices.phone.devices}</a>
        </p>
      </>
    );
  }
  return (
    <>
      {state === "refused" && <p role="status">{words.devices.phone.refused}</p>}
      <p>{words.devices.phone.lead}</p>
      <Show page={page} label={words.devices.phone.show} primary />
    </>
  );
}

function Show(
  { page, label, primary = false }: { page: SettingsProps; label: string; primary?: boolean },
) {
  return (
    <SettingsForm section="phone" id="show" page={page}>
      <div>
        <button type="submit" class={primary ? "button primary" : "button"}>{label}</button>
      </div>
    </SettingsForm>
  );
}
