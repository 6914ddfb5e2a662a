/** What the audit log says of a setting: as the page of the chat's settings calls it. Pure. */
import type { WorkspaceKey } from "../../protocol/workspace.ts";
import { grouped } from "../catalogue/numbers.ts";
import type { PageWords } from "../catalogue/pages.ts";
import type { Language } from "../../protocol/accounts.ts";
import { languages } from "./languages.ts";

/** A key that is unknown here is from another version, and stays as it is. */
export function settingCalled(key: string, { workspace }: PageWords): string {
  if (key === "logo") return workspace.logo.title;
  const labels: Readonly<Record<string, string>> = workspace.labels;
  return Object.hasOwn(labels, key) ? labels[key]! : key;
}

/**
 * A value as the page shows it; null where it is nothing that a reader could make something of.
 * Of lists and pictures the log keeps the beginning of their JSON.
 */
export function settingSaid(
  key: string,
  value: unknown,
  words: PageWords,
  language: Language,
): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (key === "logo") return null;
  if (key === "welcomeRooms") return roomsIn(String(value), words, language);
  const choices = choicesOf(key, words);
  return choices?.get(String(value)) ?? String(value);
}

function choicesOf(key: string, words: PageWords): ReadonlyMap<string, string> | undefined {
  const { choices } = words.workspace;
  const lists: Partial<Record<WorkspaceKey, Iterable<readonly [string, string]>>> = {
    signup: Object.entries(choices.signup),
    inviters: Object.entries(choices.inviters),
    secondFactor: Object.entries(choices.secondFactor),
    passwordLogin: Object.entries(choices.passwordLogin),
    publicRooms: Object.entries(choices.makers),
    privateRooms: Object.entries(choices.makers),
    emojiMakers: Object.entries(choices.makers),
    linkPreviews: Object.entries(choices.linkPreviews),
    language: languages(words),
  };
  const list = Object.hasOwn(lists, key) ? lists[key as WorkspaceKey] : undefined;
  return list === undefined ? undefined : new Map(list);
}

/** How many; null where the list was too long to be kept whole. */
function roomsIn(list: string, { audit }: PageWords, language: Language): string | null {
  if (!/^\[[\d,]*\]$/.test(list)) return null;
  return `${audit.names.rooms}: ${grouped(language, list.match(/\d+/g)?.length ?? 0)}`;
}
