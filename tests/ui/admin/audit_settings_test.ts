/** The audit log's words for settings: those of the page on which they are set. */
import assert from "node:assert/strict";
import { WORKSPACE_KEYS } from "../../../lib/protocol/workspace.ts";
import { settingCalled, settingSaid } from "../../../lib/ui/admin/audit_settings.ts";
import { pageWords } from "../../../lib/ui/catalogue/pages.ts";

const ru = pageWords("ru");
const said = (key: string, value: unknown) => settingSaid(key, value, ru, "ru");

Deno.test("every setting is called in the log as on its page, and none by its key", () => {
  for (const language of ["en", "ru"] as const) {
    for (const key of WORKSPACE_KEYS) {
      assert.notEqual(settingCalled(key, pageWords(language)), key);
    }
  }
  assert.equal(settingCalled("signup", ru), "Как получить учётную запись");
  assert.equal(settingCalled("constructor", ru), "constructor", "of another version");
});

Deno.test("a choice is told as its reader made it, a list by its length, a picture not at all", () => {
  assert.equal(said("signup", "ask"), ru.workspace.choices.signup.ask);
  assert.equal(said("publicRooms", "staff"), "Только администраторы");
  assert.equal(said("language", "browser"), "Как в браузере");
  assert.equal(said("name", "Рассвет"), "Рассвет");
  assert.equal(said("sendRate", 10), "10");
  assert.equal(said("welcomeRooms", "[2,31]"), "комнат: 2");
  assert.equal(said("welcomeRooms", "[]"), "комнат: 0");
  assert.equal(said("welcomeRooms", "[2,31,4"), null, "cut off");
  assert.equal(said("logo", '{"version":"0123"'), null);
  assert.equal(said("welcomeText", ""), null);
});
