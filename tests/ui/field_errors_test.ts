import assert from "node:assert/strict";
import type { FieldReason } from "../../lib/protocol/codes.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { fieldSentences } from "../../lib/ui/field_errors.ts";

const REASONS: Record<FieldReason, true> = {
  missing: true,
  unknown: true,
  malformed: true,
  too_short: true,
  too_long: true,
  controls: true,
  blank: true,
  characters: true,
  invisible: true,
  reserved: true,
  taken: true,
  looks_like: true,
  common: true,
  own_name: true,
  wrong: true,
  waiting: true,
  refused: true,
  address: true,
  invalid: true,
};
const FIELDS = ["username", "displayName", "password", "current", "invite", "name", "topic"];

Deno.test("every reason at every field has its sentence in every language", () => {
  for (const language of ["en", "ru"] as const) {
    const words = pageWords(language);
    for (const reason of Object.keys(REASONS) as FieldReason[]) {
      for (const path of FIELDS) {
        const sentence = fieldSentences(words, [{ path, reason }], FIELDS)?.[path];
        assert.ok(sentence !== undefined && sentence.length > 5, `${reason} ${path}`);
        assert.match(sentence, language === "ru" ? /[а-я]/ : /[a-z]/);
        assert.doesNotMatch(sentence, /undefined|function|=>/);
      }
    }
  }
});

Deno.test("the first fault of a field is told, and those of fields that are not shown are not", () => {
  const words = pageWords("en");
  const errors = [
    { path: "password", reason: "too_short" },
    { path: "password", reason: "common" },
    { path: "nowhere", reason: "invalid" },
    { path: "name" },
  ] as const;
  assert.deepEqual(fieldSentences(words, errors, ["name", "password"]), {
    password: "At least 8 characters are needed.",
    name: "That cannot be used here.",
  });
  assert.equal(fieldSentences(words, errors, ["topic"]), null);
  assert.equal(fieldSentences(words, [], ["name"]), null);
});
