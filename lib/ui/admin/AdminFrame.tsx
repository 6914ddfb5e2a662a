/** The frame of every page for staff: the sections, the way back, and to one's own settings. */
import type { ComponentChildren } from "preact";
import { pageWords } from "../catalogue/pages.ts";
import { Icon } from "../parts/Icon.tsx";
import { PageFrame } from "../parts/PageFrame.tsx";
import { settingsPath } from "../settings/sections.ts";
import { ADMIN_SECTIONS, adminPath, type AdminProps, type AdminSection } from "./sections.ts";

export interface AdminFrameProps extends AdminProps {
  section: AdminSection;
  /** Of the page; the section's by default. */
  title?: ComponentChildren;
  children: ComponentChildren;
}

export function AdminFrame({ section, title, children, ...props }: AdminFrameProps) {
  const words = pageWords(props.language);
  const sections = ADMIN_SECTIONS.map((one) => ({
    href: adminPath(one, props.room),
    label: words.admin.sections[one],
    current: one === section,
  }));
  return (
    <PageFrame
      {...props}
      words={words}
      label={words.admin.title}
      sections={sections}
      title={title ?? words.admin.sections[section]}
      done={props.notice === null ? null : words.admin.notices[props.notice]}
      foot={
        <a class="button" href={settingsPath("profile", props.room)}>
          <Icon name="gear" />
          {words.settings.title}
        </a>
      }
    >
      {children}
    </PageFrame>
  );
}
