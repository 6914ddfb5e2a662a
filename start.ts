/**
 * "deno task start": runs the built program with the permissions that its arguments need, and no
 * more. A task appends its arguments to the last command only, and the permissions follow from
 * those arguments, so they are worked out here. This file must not know what the server does with
 * its settings.
 */
import { flagsFor } from "./lib/program/commands/permissions.ts";
import { readEnvironment } from "./lib/program/config/config.ts";

/** None for wrong arguments: the program itself says what is wrong, once. */
function permissionsFor(args: readonly string[]): string[] {
  return flagsFor(readEnvironment(args, (name) => Deno.env.get(name)), args);
}

/** Exits as the server exits. Passes on a signal that was sent to this process alone. */
async function start(args: readonly string[]): Promise<number> {
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P", ...permissionsFor(args), "dist/server/main.js", ...args],
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
