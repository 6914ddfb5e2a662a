/** The schemas of what is answered about the workspace, made from the table of its settings. */
import * as z from "zod";
import {
  WORKSPACE_KEYS,
  WORKSPACE_SETTINGS,
  type WorkspaceSettingState,
} from "../../../protocol/workspace.ts";
import type { Health } from "../../../protocol/health.ts";
import { of, time } from "./base.ts";

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

const count = z.int().nonnegative();

export const workspaceHealth = of<Health>()(z.object({
  version: z.string(),
  schema: count,
  since: time,
  database: z.enum(["sqlite", "postgresql"]),
  databaseSize: count.nullable().meta({ description: "Bytes; `null` where it cannot be told." }),
  diskFree: count.nullable().meta({ description: "Bytes free beside the database's file." }),
  bus: z.object({ kind: z.enum(["memory", "redis", "notify"]), connected: z.boolean() }),
  nodes: count.meta({ description: "Programs that serve this chat now." }),
  degraded: z.array(z.enum(["bus", "deliveries", "files", "store"])),
  mail: z.union([
    z.object({ state: z.enum(["off", "works"]) }),
    z.object({ state: z.literal("fails"), since: time }),
  ]),
  people: count,
  rooms: count,
  messages: count,
  backedUpAt: time.nullable().meta({ description: "When the command `backup` made a copy." }),
  connections: count,
  online: count,
  errors: z.object({ internal: count, unavailable: count, rate_limited: count }),
}));
