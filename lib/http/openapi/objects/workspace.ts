/** The schemas of what is answered about the workspace, made from the table of its settings. */
import * as z from "zod";
import {
  WORKSPACE_KEYS,
  WORKSPACE_SETTINGS,
  type WorkspaceSettingState,
} from "../../../protocol/workspace.ts";
import { of } from "./base.ts";

/** What everybody is told, by the schemas that check what staff set. */
export const publicWorkspace = z.object(
  Object.fromEntries(
    WORKSPACE_KEYS.filter((key) => WORKSPACE_SETTINGS[key].seenBy === "everybody")
      .map((key) => [key, WORKSPACE_SETTINGS[key].schema]),
  ),
);

const workspaceState = of<WorkspaceSettingState>()(z.object({
  value: z.unknown(),
  standard: z.unknown(),
  fixedBy: z.string().nullable().meta({
    description: "The variable of the server's environment that sets it.",
  }),
}));

export const workspaceStates = z.object({
  settings: z.object(
    Object.fromEntries(WORKSPACE_KEYS.map((key) => [key, workspaceState])),
  ),
});
