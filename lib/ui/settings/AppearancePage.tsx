/** `/settings/appearance`: language and theme. */
import type { Language } from "../../protocol/accounts.ts";
import { pageWords } from "../catalogue/pages.ts";
import { Choice } from "../parts/Choice.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

/** How each language calls itself. */
const LANGUAGE_NAMES: Record<Language, string> = { en: "English", ru: "Русский" };

export function AppearancePage(page: SettingsProps) {
  const words = pageWords(page.language);
  const { language, theme } = page.me;
  return (
    <SettingsFrame section="appearance" {...page}>
      <SettingsForm section="appearance" id="appearance" page={page} live>
        <div class="field">
          <label for="language">{words.settings.language}</label>
          <Choice
            id="language"
            name="language"
            value={language ?? ""}
            options={[["", words.settings.languageAuto], ...Object.entries(LANGUAGE_NAMES)]}
          />
        </div>
        <div class="field">
          <label for="theme">{words.settings.theme}</label>
          <Choice
            id="theme"
            name="theme"
            value={theme}
            options={Object.entries(words.settings.themes)}
            describedBy="theme-hint"
          />
          <p class="hint" id="theme-hint">{words.settings.themeHint}</p>
        </div>
        <div class="without-script">
          <button type="submit" class="button primary">{words.common.save}</button>
        </div>
      </SettingsForm>
    </SettingsFrame>
  );
}
