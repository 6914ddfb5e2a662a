/** The requests about what staff set for everybody: see `operation.ts`. */
import { LOGO } from "../../../protocol/limits.ts";
import { logoBody, WORKSPACE_KEYS, WORKSPACE_SETTINGS } from "../../../protocol/workspace.ts";
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

/** A GIF of one pixel. */
const DOT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

const HEALTH = {
  version: "0.1.0",
  schema: 15,
  since: 1_760_000_000_000,
  database: "sqlite",
  databaseSize: 4_096_000,
  diskFree: 50_000_000_000,
  bus: { kind: "memory", connected: true },
  nodes: 1,
  degraded: [],
  mail: { state: "off" },
  people: 12,
  rooms: 4,
  messages: 1_234,
  backedUpAt: null,
  connections: 5,
  online: 3,
  errors: { internal: 0, unavailable: 0, rate_limited: 0 },
};

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
    id: "getHealth",
    command: "getHealth",
    tag: "workspace",
    method: "GET",
    path: "/api/workspace/health",
    from: "caller",
    summary: "How is it doing?",
    description: "For the owner and admins. Connections, people online and errors are those of " +
      "the program that answers.",
    answers: {
      200: {
        description: "What the database, the disk, the bus and mail say.",
        schema: object.workspaceHealth,
        examples: { small: { summary: "A small one", value: HEALTH } },
      },
    },
    refusals: { forbidden: "You are neither the owner nor an admin." },
  },
  {
    id: "setLogo",
    command: "setLogo",
    tag: "workspace",
    method: "PUT",
    path: "/api/workspace/logo",
    from: "caller",
    summary: "Set the picture",
    description: `For the owner and admins: a PNG, JPEG, WebP or GIF of at most ${LOGO.bytes} ` +
      `bytes and ${LOGO.pixels} pixels a side. It is served at /workspace/logo/VERSION.`,
    body: {
      schema: logoBody,
      examples: { dot: { summary: "One pixel", value: { data: DOT } } },
    },
    answers: { 204: { description: "It is set, for everybody." } },
    refusals: { forbidden: "You are neither the owner nor an admin." },
  },
  {
    id: "removeLogo",
    command: "updateWorkspace",
    tag: "workspace",
    method: "DELETE",
    path: "/api/workspace/logo",
    from: "caller",
    summary: "Remove the picture",
    answers: { 204: { description: "There is none." } },
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
      examples: {
        name: { summary: "A new name", value: { name: "Harbour School" } },
        factor: { summary: "A second factor for staff", value: { secondFactor: "staff" } },
      },
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
