/** A settings form: it names whose page it is, and returns to the page that it is on. */
import type { ComponentChildren } from "preact";
import { Whose } from "../parts/Whose.tsx";
import { type Section, settingsPath, type SettingsProps } from "./sections.ts";

export interface SettingsFormProps {
  section: Section;
  page: SettingsProps;
  id: string;
  /** Each choice is saved when it is made, where there is a script (`live_forms.ts`). */
  live?: boolean;
  /** It holds refused input: the reader is asked before leaving it. */
  unsaved?: boolean;
  children: ComponentChildren;
}

export function SettingsForm(
  { section, page, id, live = false, unsaved = false, children }: SettingsFormProps,
) {
  return (
    <form
      method="post"
      action={settingsPath(section, page.room)}
      id={id}
      class="settings-form"
      noValidate
      data-live={live ? "" : undefined}
      data-unsaved={unsaved ? "" : undefined}
    >
      <Whose sessionId={page.sessionId} instance={page.instance} />
      <input type="hidden" name="form" value={id} />
      {children}
    </form>
  );
}
