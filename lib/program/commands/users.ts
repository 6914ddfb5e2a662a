/**
 * The command `users`: the way back in for an owner who has lost it, and the accounts of a place
 * whose server need not be asked. Knows no SQL.
 */
import { createPasswords } from "../../auth/password.ts";
import { refuseWeakPassword } from "../../auth/refusals.ts";
import { ConfabError } from "../../errors.ts";
import { passwordFault } from "../../protocol/names.ts";
import type { UserRole } from "../../protocol/people.ts";
import {
  type Account,
  accounts,
  findAccount,
  setAccount,
  setPassword,
} from "../../store/upkeep/accounts.ts";
import { ConfigError } from "../config/config.ts";
import { type Call, CommandError } from "./command.ts";
import { withDatabase } from "./databases.ts";
import { takeSecondFactor } from "./factors_off.ts";
import { printResetLink } from "./reset_link.ts";
import { shown } from "./shown.ts";

const ROLES: readonly UserRole[] = ["owner", "admin", "member", "bot", "guest"];

/** What follows each action. */
const ACTIONS: Record<string, { operands: string[]; run(call: Call): Promise<number> }> = {
  list: { operands: [], run: list },
  role: { operands: ["NAME", "ROLE"], run: setRole },
  disable: { operands: ["NAME"], run: (call) => setDisabled(call, true) },
  enable: { operands: ["NAME"], run: (call) => setDisabled(call, false) },
  "reset-password": { operands: ["NAME"], run: resetPassword },
  "reset-link": { operands: ["NAME"], run: printResetLink },
  "second-factor-off": { operands: ["NAME"], run: takeSecondFactor },
};

export async function usersCommand(call: Call): Promise<number> {
  const [name = ""] = call.operands;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name]! : null;
  if (action === null) {
    throw new ConfigError(
      `"users" does not know "${name}": list, role, disable, enable, reset-password, ` +
        "reset-link or second-factor-off.",
    );
  }
  if (action.operands.length + 1 !== call.operands.length) {
    throw new ConfigError(
      `Call it so: confab ${["users", name, ...action.operands].join(" ")}. ` +
        `"confab users --help" says more.`,
    );
  }
  return await action.run(call);
}

async function list({ config, flags, terminal }: Call): Promise<number> {
  const database = { access: "read", version: "this" } as const;
  await withDatabase(config.database, database, (from) =>
    from.read(async (db) => {
      const all: Account[] = [];
      for await (const account of accounts(db)) all.push(account);
      terminal.print(flags.has("json") ? `${JSON.stringify(all)}\n` : table(all));
    }));
  return 0;
}

function table(all: readonly Account[]): string {
  const rows = all.map(({ id, username, displayName, role, disabled, erased, lastSeen }) => [
    String(id),
    shown(username),
    role,
    erased ? "erased" : disabled ? "disabled" : "",
    lastSeen === null ? "" : `${new Date(lastSeen).toISOString().slice(0, 16)}Z`,
    shown(displayName),
  ]);
  const head = ["id", "username", "role", "state", "last seen", "name"];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length))
  );
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd())
    .join("\n") + "\n";
}

async function setRole({ config, operands, terminal }: Call): Promise<number> {
  const [, name = "", wanted = ""] = operands;
  const role = ROLES.find((each) => each === wanted);
  if (role === undefined) {
    throw new ConfigError(`There is no role "${wanted}": ${ROLES.join(", ")}.`);
  }
  const { before, after } = await change(config, name, { role });
  terminal.print(
    before.role === role
      ? `${shown(after.username)} is ${role} already.\n`
      : `${shown(after.username)} is now ${role}, no longer ${before.role}.\n`,
  );
  return 0;
}

async function setDisabled(
  { config, operands, terminal }: Call,
  disabled: boolean,
): Promise<number> {
  const { before, after } = await change(config, operands[1]!, { disabled });
  const state = disabled ? "disabled" : "enabled";
  const name = shown(after.username);
  terminal.print(
    before.disabled === disabled
      ? `${name} is ${state} already.\n`
      : disabled
      ? `${name} is disabled, and signed out everywhere.\n`
      : `${name} may sign in again.\n`,
  );
  return 0;
}

function change(config: Call["config"], name: string, to: Parameters<typeof setAccount>[2]) {
  return withDatabase(
    config.database,
    { access: "write", version: "this" },
    (database) => database.write((db) => setAccount(db, name, to, Date.now())),
  );
}

async function resetPassword(call: Call): Promise<number> {
  const { config, operands, flags, terminal } = call;
  const name = operands[1]!;
  const access = { access: "write", version: "this" } as const;
  return await withDatabase(config.database, access, async (database) => {
    const { username } = await database.read((db) => findAccount(db, name));
    const password = flags.has("stdin")
      ? accepted(await terminal.readLine(), username)
      : randomPassword();
    const hash = await createPasswords().hash(password);
    const user = await database.write((db) => setPassword(db, name, hash, Date.now()));
    terminal.note(`${shown(user.username)} has a new password, and is signed out everywhere.\n`);
    if (user.disabled) terminal.note(`The account is disabled: "users enable" lets them in.\n`);
    if (!flags.has("stdin")) terminal.print(`${password}\n`);
    return 0;
  });
}

/** Without letters and digits that are taken for each other: it is read out and typed. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** Four groups of five: 99 bits. */
function randomPassword(): string {
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 5 }, randomLetter).join(""));
  return groups.join("-");
}

function randomLetter(): string {
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    // Beyond the last multiple of their number, some letters would be likelier than others.
    if (byte < 256 - 256 % LETTERS.length) return LETTERS[byte % LETTERS.length]!;
  }
}

function accepted(password: string, username: string): string {
  const faults = {
    malformed: "is no text",
    too_short: "is too short",
    too_long: "is too long",
  };
  const fault = passwordFault(password);
  if (fault !== null) throw new CommandError(`The new password ${faults[fault]}.`);
  try {
    refuseWeakPassword(password, username);
  } catch (error) {
    const [first] = error instanceof ConfabError ? error.errors ?? [] : [];
    if (first === undefined) throw error;
    throw new CommandError(`The new password ${first.message}.`);
  }
  return password;
}
