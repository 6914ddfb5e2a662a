/**
 * Copying rows between databases, as several commands do it: with progress, and with what goes
 * along with the rows. Knows no command.
 */
import type { Driver } from "../../store/driver.ts";
import { BEGINNING, copyRows } from "../../store/upkeep/copy.ts";
import {
  keepSecretText,
  keptSecretText,
  type RowWriter,
  type UpkeepDatabase,
} from "../../store/upkeep/database.ts";
import { countRows, EMPTIED } from "../../store/upkeep/tables.ts";
import type { Terminal } from "./command.ts";
import { createProgress, rowsAndRate } from "./progress.ts";

/** Counts rows as they come, and tells how far the work is. */
export interface RowProgress extends Disposable {
  add(rows: number): void;
}

export function tellRows(terminal: Terminal, what: string, all: number, done = 0): RowProgress {
  const now = () => performance.now();
  const progress = createProgress(terminal, now);
  const began = now();
  let added = 0;
  return {
    add(rows) {
      added += rows;
      progress.at(() =>
        `${what}: ${rowsAndRate(done + added, all, added, (now() - began) / 1000)}`
      );
    },
    [Symbol.dispose]: () => progress.end(),
  };
}

export async function rowsIn(view: Driver): Promise<number> {
  const counts = await countRows(view);
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0);
}

export interface WholeCopy {
  from: UpkeepDatabase;
  view: Driver;
  to: UpkeepDatabase;
  /** Sessions get ids beyond this one. */
  session?: number;
  terminal: Terminal;
}

/** Everything, in the caller's transaction on the target, whose tables are emptied first. */
export async function copyWhole(
  { from, view, to, session = 0, terminal }: WholeCopy,
  db: Driver,
  rows: RowWriter,
): Promise<void> {
  const last = Math.max(session, await from.lastSession(view), await to.lastSession(db));
  const kept = await keptSecretText(db);
  await rows.empty(EMPTIED);
  using progress = tellRows(terminal, "copied", await rowsIn(view));
  await copyRows({
    from,
    view,
    to,
    start: BEGINNING,
    async write({ table, columns, rows: page }) {
      await rows.insert(table.name, columns, page);
      progress.add(page.length);
    },
  });
  const secret = await keptSecretText(view) ?? kept;
  if (secret !== null) await keepSecretText(db, secret);
  await rows.settleIds(last);
}
