/**
 * Which permissions a command line needs: those of its settings, and of the files that its operands
 * name. Used by "deno task start" and by the command `permissions`. It only looks where links lead.
 */
import { type Config, ConfigError, readConfig } from "../config/config.ts";
import type { Variables } from "../../postgres/address.ts";
import { folderOf } from "../data_folder.ts";
import { permissionFlags } from "../deno_flags.ts";
import { readArguments, splitCommand } from "./arguments.ts";
import { addressOf, filesPlaceOf } from "./addresses.ts";
import { COMMANDS, type CommandUsage, isCommand, type Operand } from "./table.ts";

/** None for wrong arguments: the command itself says what is wrong, once. */
export function flagsFor(
  env: Variables,
  args: readonly string[],
): string[] {
  const [name, rest] = splitCommand(args);
  if (!isCommand(name)) return [];
  try {
    const { operands, settings } = readArguments(name, rest);
    const config = readConfig(env, settings);
    const usage: CommandUsage = COMMANDS[name];
    const named = (kind: Operand["kind"]) =>
      operands.filter((_, index) => usage.operands[index]?.kind === kind);
    const places = named("database").flatMap((text) => filesPlaceOf(text) ?? []);
    const databases = named("database").filter((text) => filesPlaceOf(text) === null)
      .map((text) => addressOf("", text, env));
    const inputs = named("input").flatMap((file) => [folderOf(file), ...linkedFolder(file)]);
    const written = [
      ...[config.database, ...databases].flatMap(databaseFolders),
      ...named("output").map(folderOf),
      // An older backup is brought up to date in a copy beside it, before it is read row by row.
      ...config.database.kind === "postgres" ? inputs : [],
    ];
    // Only who serves looks at links.
    const needed: Config = name === "serve" ? config : { ...config, linkPreviews: "off" };
    return permissionFlags(needed, { written, read: inputs, databases, places });
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function databaseFolders(database: Config["database"]): string[] {
  if (database.kind === "postgres") return [];
  return [folderOf(database.path), ...linkedFolder(database.path)];
}

/** Where the file itself is, if its path is a link. */
function linkedFolder(path: string): string[] {
  try {
    if (!Deno.lstatSync(path).isSymlink) return [];
    return [folderOf(Deno.realPathSync(path))];
  } catch {
    return []; // there is none yet, or none that can be looked at: the program says so
  }
}
