/**
 * The command line: which command, its settings, its exit code. It holds no chat rules.
 *
 * Exit codes: 0 done; 1 it could not start or had to stop; 2 a setting or an argument is wrong.
 */
import manifest from "../../deno.json" with { type: "json" };
import { asksForHelp, readArguments, splitCommand } from "./commands/arguments.ts";
import type { RunCommand } from "./commands/command.ts";
import { commandHelp, commandsHelp, isCommand, type ProgramCommand } from "./commands/table.ts";
import { ConfigError, readConfig, readEnvironment, settingsHelp } from "./config/config.ts";
import type { Variables } from "../postgres/address.ts";
import { StartError } from "./data_folder.ts";
import { serve } from "./serve.ts";

const HELP = `Confab ${manifest.version}: a self-hosted chat.

Usage: confab [serve] [--setting value …]
       confab COMMAND … [--setting value …]
       confab COMMAND --help | --help | --version
       ("confab" is whatever calls it: deno task start, deploy/run.sh, the executable)

Commands:
${commandsHelp()}

Settings, as variables or flags:
${settingsHelp()}
`;

/** Loaded when they are called: a start of the server loads none of them. */
const RUN: Record<Exclude<ProgramCommand, "serve" | "permissions">, () => Promise<RunCommand>> = {
  backup: async () => (await import("./commands/backup.ts")).backupCommand,
  restore: async () => (await import("./commands/restore.ts")).restoreCommand,
  migrate: async () => (await import("./commands/migrate.ts")).migrateCommand,
  check: async () => (await import("./commands/check.ts")).checkCommand,
  mail: async () => (await import("./commands/mail.ts")).mailCommand,
  users: async () => (await import("./commands/users.ts")).usersCommand,
};

/** Runs a command to its end and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === "--version" || args[0] === "-V") return print(`confab ${manifest.version}\n`);
    const [name, rest] = splitCommand(args);
    if (name === "help") return print(helpOn(rest[0] ?? "serve"));
    if (asksForHelp(rest)) return print(helpOn(name));
    if (!isCommand(name)) throw unknownCommand(name);
    if (name === "permissions") return print(await permissionsFor(rest));
    const { operands, flags, settings } = readArguments(name, rest);
    const env = environment(rest);
    const config = readConfig(env, settings);
    if (name === "serve") return await serve(config, settings);
    const run = await RUN[name]();
    const { runCommand } = await import("./commands/run.ts");
    const { terminal } = await import("./commands/terminal.ts");
    return await runCommand(run, { config, env, operands, flags, terminal });
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message, 2);
    if (error instanceof StartError) return complain(error.message, 1);
    return complain(`Confab stopped over a fault of its own: ${text(error)}`, 1);
  }
}

function helpOn(name: string): string {
  if (!isCommand(name)) throw unknownCommand(name);
  return name === "serve" ? HELP : commandHelp(name);
}

function unknownCommand(name: string): ConfigError {
  return new ConfigError(`Unknown command "${name}"; --help lists what there is.`);
}

function text(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function print(text: string): number {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
  return 0;
}

function complain(sentence: string, code: number): number {
  Deno.stderr.writeSync(new TextEncoder().encode(`${sentence}\n`));
  return code;
}

/** What Deno keeps from the program counts as unset: it must not stop and ask. */
function environment(args: readonly string[]): Variables {
  const isAllowed = (variable: string) =>
    Deno.permissions.querySync({ name: "env", variable }).state === "granted";
  return readEnvironment(args, (name) => isAllowed(name) ? Deno.env.get(name) : undefined);
}

/** Empty if arguments are wrong: the command that follows says what is wrong, once. */
async function permissionsFor(args: readonly string[]): Promise<string> {
  const { flagsFor } = await import("./commands/permissions.ts");
  // A space would end the flag in the task's shell: the operator must grant such a path.
  return `${flagsFor(environment(args), args).filter((flag) => !/\s/.test(flag)).join(" ")}\n`;
}
