/**
 * "deno task start": runs the built server with the permissions that its settings need, and no
 * more. A task appends its arguments to the last command only, and the permissions follow from
 * those arguments, so they are worked out here. This file must not know what the server does with
 * its settings.
 */
import { dirname } from "node:path";
import {
  type Config,
  ConfigError,
  readConfig,
  readEnvironment,
} from "./lib/program/config/config.ts";
import { permissionFlags } from "./lib/program/deno_flags.ts";

/** None for wrong settings or another command: the program itself says what is wrong, once. */
function flagsFor([first, ...rest]: readonly string[]): string[] {
  const args = first === undefined || first === "serve" ? rest : [first, ...rest];
  try {
    const config = readConfig(readEnvironment(args, (name) => Deno.env.get(name)), args);
    return permissionFlags(config, linkedFolder(config));
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

/** Where the database itself is, if its path is a link. */
function linkedFolder({ database }: Config): string[] {
  try {
    if (database.kind !== "sqlite" || !Deno.lstatSync(database.path).isSymlink) return [];
    return [dirname(Deno.realPathSync(database.path))];
  } catch {
    return []; // there is none yet, or none that can be looked at: the server says so
  }
}

/** Exits as the server exits. Passes on a signal that was sent to this process alone. */
async function start(args: readonly string[]): Promise<number> {
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P", ...flagsFor(args), "dist/server/main.js", ...args],
  }).spawn();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => {
      try {
        server.kill(signal);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended already
      }
    });
  }
  return (await server.status).code;
}

Deno.exit(await start(Deno.args));
