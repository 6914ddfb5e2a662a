/**
 * The database's Worker on a disk that a test fills or breaks: while a file named like the
 * database with `.full` exists, COMMIT fails as on a full disk; with `.broken`, the Worker dies
 * right after a COMMIT, before it could answer.
 */
import { openReader, openWriter } from "../../../lib/store/sqlite/open.ts";
import { serveOperations, type WorkerScope } from "../../../lib/store/sqlite/worker_side.ts";
import type { SqliteTransaction } from "../../../lib/store/sqlite/transaction.ts";

class SqliteFull extends Error {
  readonly errcode = 13;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

async function openFailingWriter(path: string, epoch: string): Promise<SqliteTransaction> {
  const transaction = await openWriter(path, epoch);
  const commit = transaction.commit.bind(transaction);
  transaction.commit = async () => {
    if (exists(`${path}.full`)) throw new SqliteFull("database or disk is full");
    await commit();
    if (exists(`${path}.broken`)) {
      reportError(new Error("the Worker was broken by its test"));
      scope.postMessage = () => {};
    }
  };
  return transaction;
}

// The cast: the compiler's lists describe the window's global scope, not a Worker's.
const scope = globalThis as unknown as WorkerScope;
serveOperations(scope, { openWriter: openFailingWriter, openReader });
