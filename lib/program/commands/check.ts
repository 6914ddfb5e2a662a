/**
 * The command `check`: whether all that is kept fits together, in one view beside a running server.
 * It changes nothing.
 */
import { type Finding, runChecks } from "../../store/upkeep/check/check.ts";
import { countHoldings, type Holdings, type UpkeepDatabase } from "../../store/upkeep/database.ts";
import type { Call, Terminal } from "./command.ts";
import { checkFiles } from "./check_files.ts";
import { withDatabase } from "./databases.ts";
import { countOf, createProgress } from "./progress.ts";

export async function checkCommand({ config, flags, terminal }: Call): Promise<number> {
  const began = performance.now();
  const { findings, holdings } = await withDatabase(
    config.database,
    { access: "read", version: "this" },
    async (database) => {
      const { findings, holdings } = await examine(database, terminal);
      const { findings: ofFiles, ...files } = await checkFiles(config, database);
      return { findings: [...findings, ...ofFiles], holdings: { ...holdings, ...files } };
    },
  );
  const seconds = (performance.now() - began) / 1000;
  terminal.print(
    flags.has("json")
      ? `${JSON.stringify({ holdings, findings })}\n`
      : report(findings, holdings, seconds),
  );
  return findings.length === 0 ? 0 : 1;
}

async function examine(
  database: UpkeepDatabase,
  terminal: Terminal,
): Promise<{ findings: Finding[]; holdings: Holdings }> {
  const progress = createProgress(terminal, () => performance.now());
  try {
    progress.at(() => "checking the database's own files");
    const own = (await database.examine(true)).map(ofDatabase);
    return await database.read(async (db) => {
      const found = runChecks(db, (name) => progress.at(() => `checking ${name}`));
      // What is damaged may not be readable: what is known already is to be told.
      const findings = await (own.length === 0 ? found : found.catch(() => [UNREADABLE]));
      return { findings: [...own, ...findings], holdings: await countHoldings(db) };
    });
  } finally {
    progress.end();
  }
}

const ofDatabase = (sentence: string): Finding => ({ check: "database", sentence });

const UNREADABLE = ofDatabase("The rest could not be checked: it cannot be read.");

function report(
  findings: readonly Finding[],
  { users, rooms, messages, files, bytes }: Holdings & { files: number; bytes: number },
  seconds: number,
): string {
  const ofFiles = files === 0 ? "" : `, ${countOf(files, "file")} (${(bytes / 1e6).toFixed(1)} MB)`;
  const what = `${countOf(users, "user")}, ${countOf(rooms, "room")}, ` +
    `${countOf(messages, "message")}${ofFiles} in ${seconds.toFixed(1)} s`;
  const verdict = findings.length === 0 ? "no fault" : countOf(findings.length, "fault");
  return `${
    findings.map(({ sentence }) => `${sentence}\n`).join("")
  }Checked ${what}: ${verdict}.\n`;
}
