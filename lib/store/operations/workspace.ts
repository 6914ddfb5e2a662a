/** What staff have set for the whole workspace: a row for each key, its value as JSON. */
import { mayAdminister } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { recordAudit } from "./parts/audit.ts";
import { setForWorkspace } from "./parts/beginnings.ts";
import { type Input, NO_CHANGES, read, write, type Written } from "./operation.ts";
import { requireActor } from "./parts/users.ts";

export const storedWorkspace = read((db: Driver, _input: undefined) => setForWorkspace(db));

const ONLY_STAFF = "Only the owner and admins may do this.";

export const requireStaff = read(async (db: Driver, { userId }: Input<"requireStaff">) => {
  await requireActor(db, userId, mayAdminister, ONLY_STAFF);
});

export const logoData = read(async (db: Driver, { version }: Input<"logoData">) =>
  await db.get<{ type: string; data: string }>(
    "SELECT type, data FROM workspace_logo WHERE version = ?",
    [version],
  ) ?? null
);

export const setLogo = write(async (db: Driver, input: Input<"setLogo">) => {
  const { version, type, data, ...act } = input;
  const written = await change(db, { ...act, set: { logo: { version, type } } });
  await db.run("DELETE FROM workspace_logo", []);
  await db.run(
    "INSERT INTO workspace_logo (version, type, data) VALUES (?, ?, ?)",
    [version, type, data],
  );
  return written;
});

export const updateWorkspace = write((db: Driver, input: Input<"updateWorkspace">) =>
  change(db, input)
);

async function change(db: Driver, input: Input<"updateWorkspace">): Promise<Written<undefined>> {
  // Two changes of one key must be told in the order in which they were committed.
  await db.lockNames();
  await requireActor(db, input.actorId, mayAdminister, ONLY_STAFF);
  const before = await setForWorkspace(db);
  const set: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(input.set)) {
    if (JSON.stringify(before[key] ?? null) === JSON.stringify(value)) continue;
    set[key] = value;
    await store(db, key, value);
    await recordAudit(db, {
      actor: { id: input.actorId },
      action: "workspace.set",
      target: { kind: "setting", name: key },
      detail: { from: shown(before[key]), to: shown(value) },
      address: input.address,
      at: input.now,
    });
  }
  if (Object.keys(set).length === 0) return { result: undefined, changes: NO_CHANGES };
  if (set.logo === null) await db.run("DELETE FROM workspace_logo", []);
  return { result: undefined, changes: [{ type: "workspace", set }] };
}

/** A long text or a list in the log would be read by nobody. */
const SHOWN = 100;

function shown(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN).toWellFormed()}…`;
}

async function store(db: Driver, key: string, value: unknown): Promise<void> {
  if (value === null) {
    await db.run("DELETE FROM workspace WHERE key = ?", [key]);
    return;
  }
  await db.run(
    `INSERT INTO workspace (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [key, JSON.stringify(value)],
  );
}
