/** `/settings/passkeys`: one's passkeys, a new one, and whether one is asked for after the password. */
import type { CreationOptions, OwnedPasskeys, Passkey } from "../../protocol/passkeys.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { Field } from "../parts/Field.tsx";
import { Name } from "../parts/Name.tsx";
import { PasskeyButton } from "../parts/PasskeyButton.tsx";
import { CodesOnce } from "./CodesOnce.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface PasskeysPageProps extends SettingsProps {
  own: OwnedPasskeys;
  /** With what a new one is made; null until its reader has shown lately who they are. */
  options: CreationOptions | null;
  /** Browsers make passkeys for this site. */
  possible: boolean;
  recoveryCodes: number;
  /** Codes that were made just now: shown this once. */
  codes: readonly string[] | null;
  now: Timestamp;
}

interface PartProps {
  words: PageWords;
  page: PasskeysPageProps;
}

export function PasskeysPage(page: PasskeysPageProps) {
  const words = pageWords(page.language);
  const { passkeys, afterPassword } = page.own;
  if (page.codes !== null) {
    return (
      <SettingsFrame section="passkeys" {...page}>
        <CodesOnce words={words} codes={page.codes} page={page} />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame section="passkeys" {...page}>
      <section class="settings-part" aria-labelledby="own-title">
        <p>{words.passkeys.lead}</p>
        <h2 id="own-title">{words.passkeys.title}</h2>
        {passkeys.length === 0 && <p class="hint">{words.passkeys.none}</p>}
        {passkeys.length > 0 && (
          <ul class="devices">
            {passkeys.map((one) => <Own key={one.id} words={words} page={page} passkey={one} />)}
          </ul>
        )}
      </section>
      <Add words={words} page={page} />
      {passkeys.length > 0 && <AfterPassword words={words} page={page} />}
      {afterPassword && <Codes words={words} page={page} />}
    </SettingsFrame>
  );
}

function Own({ words, page, passkey }: PartProps & { passkey: Passkey }) {
  const own = words.passkeys;
  const { id, name, createdAt, lastUsed, synced, alone } = passkey;
  const ago = (at: Timestamp) =>
    formatAgo(at, { now: page.now, ahead: () => 0 }, page.language, words.dates);
  const facts = [
    own.made(ago(createdAt)),
    lastUsed === null ? own.neverUsed : own.used(ago(lastUsed)),
    ...(synced ? [own.synced] : []),
    ...(alone ? [] : [own.onlyAfter]),
  ];
  return (
    <li class="passkey">
      <span class="device-text grow">
        <Name class="name">{name}</Name>
        <span class="handle">{facts.join(" · ")}</span>
      </span>
      <details>
        <summary class="button small" aria-label={own.renameLabel(name)}>{own.rename}</summary>
        <SettingsForm section="passkeys" id={`rename-${id}`} page={page}>
          <input type="hidden" name="id" value={id} />
          <Field
            id={`name-${id}`}
            label={own.newName}
            input={{ name: "name", value: name, required: true, maxlength: 128 }}
          />
          <div>
            <button type="submit" name="act" value="rename" class="button">{own.rename}</button>
          </div>
        </SettingsForm>
      </details>
      <SettingsForm section="passkeys" id={`remove-${id}`} page={page}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="act" value="remove" />
        <button type="submit" class="button small" aria-label={own.removeLabel(name)}>
          {own.remove}
        </button>
      </SettingsForm>
    </li>
  );
}

/** What lets in after the password when the passkey's device is lost. */
function Codes({ words, page }: PartProps) {
  const own = words.secondFactor;
  const left = page.recoveryCodes;
  return (
    <section class="settings-part" aria-labelledby="codes-title">
      <h2 id="codes-title">{own.codesTitle}</h2>
      <p class={left === 0 ? "factor-required" : undefined}>
        {left === 0 ? words.passkeys.noCodes : own.codesLeft(left)}
      </p>
      <SettingsForm section="passkeys" id="codes" page={page}>
        <input type="hidden" name="act" value="codes" />
        <div>
          <button type="submit" class="button">{own.newCodes}</button>
        </div>
        {left > 0 && <p class="hint">{own.newCodesHint}</p>}
      </SettingsForm>
    </section>
  );
}

/** Whoever has not shown lately who they are is asked first, by the form that leads back here. */
function Add({ words, page }: PartProps) {
  const own = words.passkeys;
  const isWrong = page.errors?.some(({ path }) => path === "passkey");
  return (
    <section class="settings-part" aria-labelledby="add-title">
      <h2 id="add-title">{own.addTitle}</h2>
      {!page.possible && <p class="hint">{own.impossible}</p>}
      {page.possible && (
        <SettingsForm section="passkeys" id="add" page={page}>
          <p class="hint">{own.addHint}</p>
          {page.options === null && (
            <div>
              <button type="submit" name="act" value="begin" class="button primary">
                {own.add}
              </button>
            </div>
          )}
          {page.options !== null && (
            <>
              <input type="hidden" name="act" value="add" />
              <Field
                id="passkey-name"
                label={own.name}
                hint={own.nameHint}
                input={{ name: "name", maxlength: 128, autocomplete: "off" }}
              />
              <PasskeyButton
                words={words}
                ask={{ make: page.options }}
                name="passkey"
                label={own.add}
                class="button primary"
                error={isWrong ? own.failed : undefined}
              />
            </>
          )}
        </SettingsForm>
      )}
    </section>
  );
}

function AfterPassword({ words, page }: PartProps) {
  const own = words.passkeys;
  const isOn = page.own.afterPassword;
  return (
    <section class="settings-part" aria-labelledby="after-title">
      <h2 id="after-title">{own.afterTitle}</h2>
      <SettingsForm section="passkeys" id="after" page={page}>
        <p>{isOn ? own.afterOn : own.afterOff}</p>
        <input type="hidden" name="act" value="after" />
        <div>
          <button type="submit" name="on" value={isOn ? "no" : "yes"} class="button">
            {isOn ? own.turnOff : own.turnOn}
          </button>
        </div>
      </SettingsForm>
    </section>
  );
}
