/** The program: hands its arguments to the command line, and its exit code to the system. */
import { main } from "./lib/program/cli.ts";

Deno.exit(await main(Deno.args));
