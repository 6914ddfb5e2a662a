/** A settings form: it names whose page it is, and returns to the page that it is on. */
import { PageForm, type PageFormProps } from "../parts/PageForm.tsx";
import { type Section, settingsPath, type SettingsProps } from "./sections.ts";

export interface SettingsFormProps extends Omit<PageFormProps, "page" | "action" | "class"> {
  section: Section;
  page: SettingsProps;
}

export function SettingsForm({ section, page, ...form }: SettingsFormProps) {
  return <PageForm {...form} page={page} action={settingsPath(section, page.room)} />;
}
