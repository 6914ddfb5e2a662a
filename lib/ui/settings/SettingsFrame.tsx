/** The frame of every settings page: whose they are, the way back, the sections, the log-out. */
import type { ComponentChildren } from "preact";
import { isStaff } from "../../protocol/permissions.ts";
import { adminPath } from "../admin/sections.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Icon } from "../parts/Icon.tsx";
import { PageFrame } from "../parts/PageFrame.tsx";
import { Whose } from "../parts/Whose.tsx";
import { type Section, sectionOf, SECTIONS, settingsPath, type SettingsProps } from "./sections.ts";
import { UnsentQuestion } from "./UnsentQuestion.tsx";

export interface SettingsFrameProps extends SettingsProps {
  section: Section;
  children: ComponentChildren;
}

export function SettingsFrame({ section, children, ...props }: SettingsFrameProps) {
  const words = pageWords(props.language);
  const shown = SECTIONS.filter((one) => one !== "connections" || props.signOn);
  const sections = shown.map((one) => ({
    href: settingsPath(one, props.room),
    label: words.settings.sections[one],
    current: one === sectionOf(section),
  }));
  return (
    <>
      <PageFrame
        {...props}
        words={words}
        label={words.settings.title}
        sections={sections}
        title={words.settings.sections[section]}
        done={props.notice === null ? null : words.settings.notices[props.notice]}
        foot={
          <>
            {isStaff(props.me.role) && (
              <a class="button settings-admin" href={adminPath("people", props.room)}>
                <Icon name="people" />
                {words.admin.title}
              </a>
            )}
            <Logout words={words} {...props} />
          </>
        }
      >
        {children}
      </PageFrame>
      <UnsentQuestion words={words} />
    </>
  );
}

/**
 * With a script, what this browser keeps of the account is removed as soon as the session has ended
 * (`live_forms.ts`), after a question where something of it is not sent.
 */
function Logout({ words, ...props }: SettingsProps & { words: PageWords }) {
  return (
    <form method="post" action="/api/logout" id="logout" data-user={props.me.id}>
      <Whose sessionId={props.sessionId} instance={props.instance} />
      <button type="submit" class="button">
        <AnyIcon name="leave" />
        {words.settings.logout}
      </button>
    </form>
  );
}
