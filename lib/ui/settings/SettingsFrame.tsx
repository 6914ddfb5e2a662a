/** The frame of every settings page: whose they are, the way back, the sections, the log-out. */
import type { ComponentChildren } from "preact";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { Whose } from "../parts/Whose.tsx";
import { placePath } from "../view.ts";
import { type Section, SECTIONS, settingsPath, type SettingsProps } from "./sections.ts";

export interface SettingsFrameProps extends SettingsProps {
  section: Section;
  children: ComponentChildren;
}

export function SettingsFrame({ section, children, ...props }: SettingsFrameProps) {
  const words = pageWords(props.language);
  const { me, room } = props;
  return (
    <div class="settings">
      <header class="settings-header">
        <a class="settings-back" href={placePath({ room })}>
          <Icon name="back" />
          {words.common.back}
        </a>
        <p class="settings-self">
          <Avatar id={me.id} name={plainName(me)} picture={me.avatar} />
          <span class="settings-names">
            <Name class="name">{plainName(me)}</Name>
            <Name class="handle">@{me.username}</Name>
          </span>
        </p>
      </header>
      <nav class="settings-sections" aria-label={words.settings.title}>
        <ul>
          {SECTIONS.map((one) => (
            <li key={one}>
              <a
                href={settingsPath(one, room)}
                aria-current={one === section ? "page" : undefined}
              >
                {words.settings.sections[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="settings-page">
        <h1>{words.settings.sections[section]}</h1>
        <Outcome words={words} {...props} />
        <p class="form-error settings-failure" id="failure" role="alert" hidden>
          {words.errors.offline}
        </p>
        {children}
      </main>
      <footer class="settings-foot">
        <Logout words={words} {...props} />
      </footer>
    </div>
  );
}

/** What became of the form. It has the focus, unless a field is at fault and has it. */
function Outcome({ words, notice, error, errors = [] }: SettingsProps & { words: PageWords }) {
  if (notice !== null) {
    return (
      <p class="settings-notice" id="notice" role="status" tabIndex={-1} autofocus>
        {words.settings.notices[notice]}
      </p>
    );
  }
  if (error === undefined) return null;
  return errors.length > 0
    ? <p class="form-error" role="alert">{words.accounts.checkFields}</p>
    : <p class="form-error" role="alert" tabIndex={-1} autofocus>{words.errors[error]}</p>;
}

/**
 * With a script, what this browser keeps of the account is removed as soon as the session has ended
 * (`live_forms.ts`).
 */
function Logout({ words, ...props }: SettingsProps & { words: PageWords }) {
  return (
    <form method="post" action="/api/logout" id="logout" data-user={props.me.id}>
      <Whose sessionId={props.sessionId} instance={props.instance} />
      <button type="submit" class="button">
        <Icon name="leave" />
        {words.settings.logout}
      </button>
    </form>
  );
}
