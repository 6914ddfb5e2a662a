/** A command's arguments: operands, its own flags, and settings, in any order. */
import assert from "node:assert/strict";
import {
  asksForHelp,
  readArguments,
  splitCommand,
} from "../../../lib/program/commands/arguments.ts";
import { flagsFor } from "../../../lib/program/commands/permissions.ts";
import { commandHelp, COMMANDS, type ProgramCommand } from "../../../lib/program/commands/table.ts";
import { ConfigError } from "../../../lib/program/config/config.ts";

Deno.test("operands, flags and settings may stand in any order", () => {
  for (
    const args of [
      ["a.db", "--replace", "--data-dir", "/srv/x"],
      ["--data-dir", "/srv/x", "--replace", "a.db"],
      ["--replace", "--data-dir", "/srv/x", "--", "a.db"],
    ]
  ) {
    const { operands, flags, settings } = readArguments("backup", args);
    assert.deepEqual(operands, ["a.db"]);
    assert.deepEqual([...flags], ["replace"]);
    assert.deepEqual(settings, ["--data-dir", "/srv/x"]);
  }
  assert.deepEqual(readArguments("backup", ["--data-dir=/x", "a"]).settings, ["--data-dir=/x"]);
  assert.deepEqual(readArguments("backup", ["--", "--replace"]).operands, ["--replace"]);
});

Deno.test("too few operands, too many and empty ones are told", () => {
  for (const args of [[], [""], ["a", "b"], ["--replace"]]) {
    assert.throws(() => readArguments("backup", args), ConfigError, args.join());
  }
  assert.throws(() => readArguments("serve", ["now"]), /^ConfigError: Unknown argument "now"/);
});

Deno.test("no name means serve, and help is asked for before a double dash alone", () => {
  assert.deepEqual(splitCommand([]), ["serve", []]);
  assert.deepEqual(splitCommand(["--port", "1"]), ["serve", ["--port", "1"]]);
  assert.deepEqual(splitCommand(["backup", "x"]), ["backup", ["x"]]);
  assert.ok(asksForHelp(["x", "-h"]));
  assert.ok(!asksForHelp(["--", "--help"]));
});

Deno.test("every command's help says how it is called and what its flags do", () => {
  for (const name of Object.keys(COMMANDS) as ProgramCommand[]) {
    const help = commandHelp(name);
    assert.match(help, new RegExp(`^Usage: confab ${name}`));
    for (const flag of Object.keys(COMMANDS[name].flags)) assert.ok(help.includes(`--${flag} `));
    for (const line of help.split("\n")) assert.ok(line.length <= 100, line);
  }
});

Deno.test("a backup's folder may be written, a restored file's is read alone, and wrong arguments grant nothing", () => {
  assert.deepEqual(flagsFor({}, ["backup", "/mnt/b/x.db"])[0]!.includes("/mnt/b"), true);
  const [only, ...others] = flagsFor({}, ["restore", "/mnt/b/x.db"]);
  assert.equal(only, "--allow-read=.,/usr/bin/ldd," + `${Deno.cwd()}/data,/mnt/b`);
  assert.deepEqual(others, []);
  assert.deepEqual(flagsFor({}, ["backup", "data/x.db"]), []);
  assert.deepEqual(flagsFor({}, ["backup"]), []);
  assert.deepEqual(flagsFor({}, ["fly", "/mnt/b/x.db"]), []);
});
