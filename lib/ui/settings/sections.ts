/** The sections of the settings, their addresses, and the props that every page gets. Pure. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language, Me } from "../../protocol/accounts.ts";
import type { RefusedField } from "../field_errors.ts";

/** In the order of the navigation. */
export const SECTIONS = ["profile", "security", "appearance", "notifications"] as const;
export type Section = typeof SECTIONS[number];

/** What was done: shown above the form after the redirect. */
export const CONFIRMATIONS = ["saved", "password", "device", "devices", "otherSession"] as const;
export type Confirmation = typeof CONFIRMATIONS[number];

export interface SettingsProps {
  language: Language;
  me: Me;
  /** Whose page it is: its forms change nothing for anybody else. */
  sessionId: number;
  /** The server's database: each numbers its sessions from one. */
  instance: string;
  /** The room that the reader came from, and goes back to. */
  room: number | null;
  notice: Confirmation | null;
  /** Why the form was refused. */
  error?: ErrorCode | undefined;
  /** The fields that caused it. */
  errors?: readonly RefusedField[] | undefined;
}

/** @param room the room that the reader came from: the way back leads there */
export function settingsPath(
  section: Section,
  room: number | null,
  notice: Confirmation | null = null,
): string {
  const query = new URLSearchParams();
  if (room !== null) query.set("room", String(room));
  if (notice !== null) query.set("notice", notice);
  return `/settings/${section}${query.size === 0 ? "" : `?${query}`}`;
}
