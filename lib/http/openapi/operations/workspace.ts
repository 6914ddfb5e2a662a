/** The requests about what staff set for everybody: see `operation.ts`. */
import { WORKSPACE_KEYS, WORKSPACE_SETTINGS } from "../../../protocol/workspace.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

const states = Object.fromEntries(WORKSPACE_KEYS.map((key) => {
  const { standard } = WORKSPACE_SETTINGS[key];
  return [key, { value: standard, standard, fixedBy: null }];
}));

const SETTINGS = {
  200: {
    description: "Every setting: its value, what holds if it is not set, and the variable of the " +
      "server's environment that sets it, if one does.",
    schema: object.workspaceStates,
    examples: { standard: { summary: "Nothing is set", value: { settings: states } } },
  },
} satisfies ApiOperation["answers"];

export const WORKSPACE: ApiOperation[] = [
  {
    id: "workspace",
    tag: "workspace",
    method: "GET",
    path: "/api/workspace",
    from: "anybody",
    summary: "What is this place?",
    description: "What everybody may know, also before signing in.",
    answers: {
      200: {
        description: "Its name, and how one gets an account.",
        schema: object.publicWorkspace,
        examples: { standard: { summary: "Nothing is set", value: publicStandards() } },
      },
    },
  },
  {
    id: "getWorkspace",
    command: "getWorkspace",
    tag: "workspace",
    method: "GET",
    path: "/api/workspace/settings",
    from: "caller",
    summary: "Read what staff have set",
    description: "For the owner and admins.",
    answers: SETTINGS,
    refusals: { forbidden: "You are neither the owner nor an admin." },
  },
  {
    id: "updateWorkspace",
    command: "updateWorkspace",
    tag: "workspace",
    method: "PATCH",
    path: "/api/workspace/settings",
    from: "caller",
    summary: "Set something for everybody",
    description: "For the owner and admins. It takes effect at once, on every node. `null` goes " +
      "back to the standard.",
    body: {
      examples: { name: { summary: "A new name", value: { name: "Harbour School" } } },
    },
    answers: SETTINGS,
    refusals: {
      forbidden: "You are neither the owner nor an admin.",
      conflict: "The server's environment sets one of them; `errors` says which.",
    },
  },
];

function publicStandards() {
  const keys = WORKSPACE_KEYS.filter((key) => WORKSPACE_SETTINGS[key].seenBy === "everybody");
  return Object.fromEntries(keys.map((key) => [key, WORKSPACE_SETTINGS[key].standard]));
}
