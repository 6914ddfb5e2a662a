/**
 * The command line: which command, its settings, its exit code. It holds no chat rules.
 *
 * Exit codes: 0 done; 1 it could not start or had to stop; 2 a setting or an argument is wrong.
 */
import manifest from "../../deno.json" with { type: "json" };
import {
  type Config,
  ConfigError,
  readConfig,
  readEnvironment,
  settingsHelp,
} from "./config/config.ts";
import { StartError } from "./data_folder.ts";
import { serve } from "./serve.ts";

const HELP = `Confab ${manifest.version}: a self-hosted chat.

Usage: confab [serve] [--setting value …]
       confab permissions   what Deno must allow for the settings, for "deno run"
       confab --help | --version

Settings, as variables or flags:
${settingsHelp()}
`;

/** Runs a command to its end and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, rest] = /^[a-z]/.test(args[0] ?? "") ? [args[0], args.slice(1)] : ["serve", args];
  try {
    if (args.some((each) => each === "--help" || each === "-h") || command === "help") {
      return print(HELP);
    }
    if (args[0] === "--version" || args[0] === "-V") return print(`confab ${manifest.version}\n`);
    if (command === "permissions") return print(await permissionsFor(rest));
    if (command === "serve") return await serve(settings(rest));
    throw new ConfigError(`Unknown command "${command}"; --help lists what there is.`);
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message, 2);
    if (error instanceof StartError) return complain(error.message, 1);
    return complain(`Confab stopped over a fault of its own: ${text(error)}`, 1);
  }
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
function settings(args: readonly string[]): Config {
  const isAllowed = (variable: string) =>
    Deno.permissions.querySync({ name: "env", variable }).state === "granted";
  const env = readEnvironment(args, (name) => isAllowed(name) ? Deno.env.get(name) : undefined);
  return readConfig(env, args);
}

/** Empty if settings are wrong: the `serve` that follows says what is wrong, once. */
async function permissionsFor(args: readonly string[]): Promise<string> {
  const { permissionFlags } = await import("./deno_flags.ts");
  try {
    const flags = permissionFlags(settings(args));
    // A space would end the flag in the task's shell: the operator must grant such a path.
    return `${flags.filter((flag) => !/\s/.test(flag)).join(" ")}\n`;
  } catch (error) {
    if (error instanceof ConfigError) return "\n";
    throw error;
  }
}
