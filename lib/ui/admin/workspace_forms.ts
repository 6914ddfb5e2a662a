/**
 * The forms of the page of the workspace's settings, which settings each of them holds, and what
 * the page shows. Pure.
 */
import type { Room } from "../../protocol/rooms.ts";
import type { WorkspaceKey, WorkspaceSettingState } from "../../protocol/workspace.ts";

export const WORKSPACE_FORMS = {
  look: ["name", "colour"],
  doors: ["signup", "inviters", "secondFactor", "passwordLogin"],
  welcome: ["welcomeText", "welcomeRooms"],
  pages: ["language"],
  rooms: ["publicRooms", "privateRooms"],
  emoji: ["emojiMakers"],
  links: ["linkPreviews"],
  limits: ["textLength", "sendRate", "roomRate"],
} as const satisfies Record<string, readonly WorkspaceKey[]>;

export type WorkspaceForm = keyof typeof WORKSPACE_FORMS;

/** The address of a form on the page; also the section's, for links. */
export const workspaceFormId = (form: WorkspaceForm): string => `workspace-${form}`;

export type States = Readonly<Record<WorkspaceKey, WorkspaceSettingState>>;

/** What the page shows besides `AdminProps`. */
export interface WorkspaceShown {
  states: States;
  /** How the chosen colour looks in each theme; the product's where none is chosen. */
  colours: { chosen: string; light: string; dark: string };
  /** Public rooms that newcomers can begin in. */
  rooms: readonly Pick<Room, "id" | "name">[];
  /** Which form was refused, and what stood in it. */
  refused: { form: string; typed: Readonly<Record<string, string>>; rooms: number[] } | null;
}
