/**
 * Splits a command's arguments into its operands, its own flags, and settings. Pure; it knows no
 * command and no setting by name.
 */
import { ConfigError, isSettingFlag, unknownArgument } from "../config/config.ts";
import { COMMANDS, type CommandUsage, type ProgramCommand, usageLine } from "./table.ts";

export interface CommandArguments {
  /** As many as the command has; those left out at the end are missing. */
  operands: readonly string[];
  flags: ReadonlySet<string>;
  /** For `readConfig`: "--data-dir", "/srv/confab". */
  settings: readonly string[];
}

/** Which command is called: "serve" if none is named. */
export function splitCommand(args: readonly string[]): [name: string, rest: readonly string[]] {
  const [first = "", ...rest] = args;
  return /^[a-z]/.test(first) ? [first, rest] : ["serve", args];
}

/** Whether a command's help is asked for. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((each) =>
    each === "--help" || each === "-h"
  );
}

/**
 * After "--" everything is an operand. Throws `ConfigError` for an unknown flag, and if there are
 * too few operands or too many.
 */
export function readArguments(name: ProgramCommand, args: readonly string[]): CommandArguments {
  const usage: CommandUsage = COMMANDS[name];
  const operands: string[] = [];
  const flags = new Set<string>();
  const settings: string[] = [];
  const rest = [...args];
  for (let each = rest.shift(); each !== undefined; each = rest.shift()) {
    if (each === "--") operands.push(...rest.splice(0));
    else if (!each.startsWith("-")) operands.push(each);
    else if (Object.hasOwn(usage.flags, each.replace(/^--/, ""))) flags.add(each.slice(2));
    else if (isSettingFlag(each)) {
      settings.push(each, ...(each.includes("=") ? [] : rest.splice(0, 1)));
    } else throw unknownArgument(each);
  }
  requireOperands(name, usage, operands);
  return { operands, flags, settings };
}

function requireOperands(
  name: ProgramCommand,
  usage: CommandUsage,
  given: readonly string[],
): void {
  const surplus = given[usage.operands.length];
  if (surplus !== undefined) throw unknownArgument(surplus);
  const missing = usage.operands.slice(given.length).find((each) => !each.optional);
  if (missing === undefined && !given.includes("")) return;
  throw new ConfigError(
    `"${name}" needs ${missing?.name ?? "a name that is not empty"}: confab ${usageLine(name)}. ` +
      `"confab ${name} --help" says more.`,
  );
}
