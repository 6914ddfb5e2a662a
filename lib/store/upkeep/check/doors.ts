/** How people are let in: who was erased, invitations, what staff have set, and the audit log. */
import type { Driver } from "../../driver.ts";
import { PERSONAL } from "../../operations/parts/personal.ts";
import { type Check, pages, rowCheck } from "./rows.ts";

const erasedEnabled = rowCheck<{ id: number }>(
  "erased",
  "SELECT id FROM users WHERE erased_at IS NOT NULL AND disabled = 0 ORDER BY id",
  ({ id }) => `User ${id} was erased, and is not disabled.`,
);

/** Mentions come again: others may write the name that is left. */
const GONE = Object.entries(PERSONAL).filter(([table]) => table !== "mentions");

const erasedKept = rowCheck<{ id: number; kept: string }>(
  "erased(personal)",
  GONE.map(([table, column]) =>
    `SELECT DISTINCT u.id, '${table}' AS kept FROM ${table} AS t JOIN users AS u ON u.id = t.${column}
     WHERE u.erased_at IS NOT NULL`
  ).join(" UNION ALL ") + " ORDER BY 1, 2",
  ({ id, kept }) => `User ${id} was erased, and has rows in ${kept}.`,
);

const uses = rowCheck<{ id: number; used: number; uses: number }>(
  "invites.used",
  "SELECT id, used, uses FROM invites WHERE used > uses ORDER BY id",
  ({ id, used, uses }) => `Invitation ${id} was for ${uses}, and ${used} came in by it.`,
);

const REQUEST_STATES = "('waiting', 'accepted', 'refused')";

const requests = rowCheck<{ id: number; state: string }>(
  "join_requests.state",
  `SELECT id, state FROM join_requests WHERE state NOT IN ${REQUEST_STATES}
     OR (state = 'accepted' AND user_id IS NULL) ORDER BY id`,
  ({ id, state }) => `Request ${id} is “${state}”, and nobody came of it.`,
);

const set: Check = {
  name: "workspace",
  async *faults(db) {
    const rows = await db.all<{ key: string; value: string }>(
      "SELECT key, value FROM workspace ORDER BY key",
      [],
    );
    for (const { key, value } of rows) {
      const read = parsed(value);
      if (read === undefined) yield `What is set for “${key}” cannot be read.`;
      if (key === "logo" && !await isThere(db, read)) yield "The picture that is set is not there.";
    }
  },
};

async function isThere(db: Driver, logo: unknown): Promise<boolean> {
  const { version } = (logo ?? {}) as { version?: unknown }; // our own JSON, or damaged
  const row = await db.get("SELECT version FROM workspace_logo WHERE version = ?", [
    String(version),
  ]);
  return row !== undefined;
}

/** What is kept as JSON, by table. */
const details = ["audit", "letters"].map((table): Check => ({
  name: `${table}.detail`,
  async *faults(db) {
    const rows = pages<{ id: number; detail: string }>(
      db,
      `SELECT id, detail FROM ${table} WHERE id > ? ORDER BY id`,
      ({ id }) => id,
      0,
    );
    for await (const page of rows) {
      for (const { id, detail } of page) {
        const read = parsed(detail);
        if (typeof read === "object" && read !== null) continue;
        yield `The detail of row ${id} of ${table} cannot be read.`;
      }
    }
  },
}));

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export const doorChecks: readonly Check[] = [
  erasedEnabled,
  erasedKept,
  uses,
  requests,
  set,
  ...details,
];
