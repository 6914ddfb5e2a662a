/** `/settings/second-factor`: the authenticator app and the recovery codes, on, off and in between. */
import type { FactorState, TotpSecret } from "../../protocol/second_factor.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatDate, SERVER_CLOCK } from "../dates.ts";
import { Field } from "../parts/Field.tsx";
import { QrCode } from "../parts/QrCode.tsx";
import { placePath } from "../view.ts";
import { CodesOnce } from "./CodesOnce.tsx";
import { settingsPath, type SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface SecondFactorPageProps extends SettingsProps {
  state: FactorState;
  /** An app that is being set up, with the drawing of its address. */
  waiting: (TotpSecret & { size: number; path: string }) | null;
  /** Codes that were made just now: shown this once. */
  codes: readonly string[] | null;
  /** The host asks for a second factor before anything else is done. */
  required: "staff" | "all" | null;
  /** The reader has none, of whatever kind. */
  lacking: boolean;
}

interface PartProps {
  words: PageWords;
  page: SecondFactorPageProps;
}

export function SecondFactorPage(page: SecondFactorPageProps) {
  const words = pageWords(page.language);
  const isOn = page.state.totpSince !== null;
  return (
    <SettingsFrame section="second-factor" {...page}>
      <Required words={words} page={page} />
      {page.codes !== null && <CodesOnce words={words} codes={page.codes} page={page} />}
      {page.codes === null && page.waiting !== null && <Waiting words={words} page={page} />}
      {page.codes === null && page.waiting === null &&
        (isOn ? <On words={words} page={page} /> : <Off words={words} page={page} />)}
    </SettingsFrame>
  );
}

/** Until it is set up nothing else is open to them: the page says so, and then leads on. */
function Required({ words, page: { required, lacking, codes, room } }: PartProps) {
  if (required === null || codes !== null) return null;
  const own = words.secondFactor;
  if (!lacking) {
    return (
      <p>
        <a class="button primary" href={placePath({ room })}>{own.goOn}</a>
      </p>
    );
  }
  return (
    <p class="factor-required" role="status">
      {required === "all" ? own.required : own.requiredStaff}
    </p>
  );
}

function Off({ words, page }: PartProps) {
  const own = words.secondFactor;
  return (
    <SettingsForm section="second-factor" id="begin" page={page}>
      <p>{own.off}</p>
      <p class="hint">{own.needsApp}</p>
      <div>
        <button type="submit" class="button primary">{own.begin}</button>
      </div>
      <p class="page-links">
        <a href={settingsPath("passkeys", page.room)}>{words.passkeys.orPasskey}</a>
      </p>
    </SettingsForm>
  );
}

function Waiting({ words, page }: PartProps) {
  const own = words.secondFactor;
  const { secret, uri, size, path } = page.waiting!;
  const fault = (page.errors ?? []).find((each) => each.path === "code")?.reason;
  return (
    <section class="settings-part" aria-labelledby="scan-title">
      <h2 id="scan-title">{own.scanTitle}</h2>
      <p>{own.scan}</p>
      <QrCode size={size} path={path} label={own.scanLabel} />
      <p class="page-links">
        <a href={uri}>{own.sameDevice}</a>
      </p>
      <div>
        <p class="hint">{own.typeIt}</p>
        <p class="typed-key" translate={false}>{secret.match(/.{1,4}/g)!.join(" ")}</p>
      </div>
      <SettingsForm section="second-factor" id="confirm" page={page}>
        <Field
          id="code"
          label={own.first}
          hint={own.firstHint}
          error={fault === undefined
            ? undefined
            : fault === "missing"
            ? words.fields.missing
            : own.wrongFirst}
          input={{
            name: "code",
            required: true,
            maxlength: 16,
            autocomplete: "one-time-code",
            inputmode: "numeric",
            autofocus: true,
          }}
        />
        <div class="button-row">
          <button type="submit" class="button primary">{own.turnOn}</button>
          <button type="submit" class="button" name="cancel" value="yes">{own.cancel}</button>
        </div>
      </SettingsForm>
    </section>
  );
}

function On({ words, page }: PartProps) {
  const own = words.secondFactor;
  const { totpSince, recoveryCodes } = page.state;
  return (
    <>
      <section class="settings-part">
        <p>{own.on(formatDate(totpSince!, SERVER_CLOCK, words.dates))}</p>
        <SettingsForm section="second-factor" id="begin" page={page}>
          <div>
            <button type="submit" class="button">{own.change}</button>
          </div>
          <p class="hint">{own.changeHint}</p>
        </SettingsForm>
      </section>
      <section class="settings-part" aria-labelledby="codes-title">
        <h2 id="codes-title">{own.codesTitle}</h2>
        <p>{recoveryCodes > 0 ? own.codesLeft(recoveryCodes) : own.codesNone}</p>
        <SettingsForm section="second-factor" id="codes" page={page}>
          <div>
            <button type="submit" class="button">{own.newCodes}</button>
          </div>
          <p class="hint">{own.newCodesHint}</p>
        </SettingsForm>
      </section>
      <section class="settings-part" aria-labelledby="remove-title">
        <h2 id="remove-title">{own.removeTitle}</h2>
        <SettingsForm section="second-factor" id="remove" page={page}>
          <p class="hint">{own.removeHint}</p>
          <div>
            <button type="submit" class="button danger">{own.remove}</button>
          </div>
        </SettingsForm>
      </section>
    </>
  );
}
