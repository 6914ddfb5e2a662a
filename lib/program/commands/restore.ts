/**
 * The command `restore`: puts a backup in the place of the chat that the settings name, while no
 * server has it. Looks at everything first; what is there stays until the new one is complete.
 */
import { openSqliteUpkeep, type SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { countHoldings, type Holdings, keptSecretText } from "../../store/upkeep/database.ts";
import { demandPermission, folderOf } from "../data_folder.ts";
import { type Call, CommandError } from "./command.ts";
import { atStart, nameOf } from "./addresses.ts";
import { requireVersion } from "./databases.ts";
import { countOf } from "./progress.ts";
import { restoreFiles } from "./restore_files.ts";
import { restoreIntoPostgres } from "./restore_postgres.ts";
import { type Backup, restoreIntoSqlite } from "./restore_sqlite.ts";

export async function restoreCommand(call: Call): Promise<number> {
  const file = call.operands[0]!; // the command line has counted them
  const { database } = call.config;
  await demandPermission(folderOf(file), ["read"]);
  const from = openSqliteUpkeep(file, "read");
  try {
    let about = "";
    const backup = {
      ...await requireBackup(from),
      async putFiles() {
        about = await restoreFiles(call, from);
      },
    };
    const more = database.kind === "sqlite"
      ? await restoreIntoSqlite(call, backup, database.path)
      : await restoreIntoPostgres(call, backup, database);
    call.terminal.print(report(file, nameOf(database), backup.holdings) + about + more);
    return 0;
  } finally {
    await from.close();
  }
}

/** Throws if the file is no backup, or damaged, or of a newer Confab. */
async function requireBackup(from: SqliteUpkeep): Promise<Omit<Backup, "putFiles">> {
  requireVersion(from, "any");
  const [fault] = await from.examine(false);
  if (fault !== undefined) {
    throw new CommandError(`${from.name} is damaged, and was not restored. ${fault}`);
  }
  return await from.read(async (db) => ({
    from,
    holdings: await countHoldings(db),
    secret: await keptSecretText(db),
  }));
}

function report(file: string, place: string, { users, rooms, messages }: Holdings): string {
  return `${atStart(place)} is now what ${file} holds: ${countOf(users, "user")}, ` +
    `${countOf(rooms, "room")}, ${countOf(messages, "message")}.\n` +
    "Passwords, second factors, invitations, roles and signed-in devices are those of the backup: " +
    "devices that were signed out since are signed in again.\n";
}
