/** Where the chat is: how much room it takes and has there, and how many programs serve it. */
import type { Config } from "../program/config/config.ts";
import type { Bus } from "../bus/bus.ts";
import manifest from "../../deno.json" with { type: "json" };
import type { Premises } from "../workspace/premises.ts";
import { SCHEMA_VERSION } from "./open_store.ts";
import type { OtherNodes } from "./open_nodes.ts";
import type { SharedKnowledge } from "./open_sharing.ts";

export interface PremisesOptions extends Pick<Config, "database"> {
  bus: Pick<Bus<never>, "state">;
  nodes: OtherNodes | null;
  shared: SharedKnowledge | null;
  since: number;
}

export function premisesOf({ database, bus, nodes, shared, since }: PremisesOptions): Premises {
  return {
    database: database.kind === "sqlite" ? "sqlite" : "postgresql",
    version: manifest.version,
    schema: SCHEMA_VERSION,
    since,
    bus: () => bus.state(),
    databaseSize: () =>
      orNull(async () => {
        if (database.kind === "postgres") return await nodes?.databaseSize() ?? null;
        const files = [database.path, `${database.path}-wal`];
        const sizes = await Promise.all(files.map((file) => orNull(() => sizeOf(file))));
        return sizes[0] === null ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
      }),
    diskFree: () =>
      orNull(async () => database.kind === "postgres" ? null : await freeBeside(database.path)),
    nodes: () =>
      orNull(async () =>
        shared === null ? 1 : (await shared.sharing.leases.read(new Map())).length
      ),
  };
}

async function sizeOf(file: string): Promise<number> {
  return (await Deno.stat(file)).size;
}

/** Loaded when it is asked for: few starts want it. */
async function freeBeside(file: string): Promise<number> {
  const { statfs } = await import("node:fs/promises");
  const { bavail, bsize } = await statfs(file);
  return bavail * bsize;
}

async function orNull<T>(ask: () => Promise<T | null>): Promise<T | null> {
  try {
    return await ask();
  } catch {
    return null;
  }
}
