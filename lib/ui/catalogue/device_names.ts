/** What the server calls a device ("Firefox on Linux"), within sentences of other languages. Pure. */

import type { Language } from "../../protocol/accounts.ts";

/** The systems of `lib/auth/device.ts`: another "on" is part of somebody's own name. */
const ON = / on (?=(?:Android|ChromeOS|Linux|Windows|iPad|iPhone|macOS)(?!\w))/;

/** "Firefox на Linux"; the rest of the sentence stays as it is. */
export function deviceInRussian(sentence: string): string {
  return sentence.replace(ON, " на ");
}

export function deviceIn(language: Language, device: string): string {
  return language === "ru" ? deviceInRussian(device) : device;
}
