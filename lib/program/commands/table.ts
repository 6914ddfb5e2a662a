/**
 * Every command of the program in one table: what it is called with, what it does, its help. Pure
 * data: what runs a command is loaded when it is called (`cli.ts`), and `deno task start` finds
 * here which files and databases an argument names, to permit them.
 */

export interface Operand {
  name: string;
  /** "output": a file that is written, beside another with its name. A database: its URL. */
  kind: "input" | "output" | "database" | "text";
  optional?: true;
}

export interface CommandUsage {
  operands: readonly Operand[];
  /** Flags without a value, and what they are for. */
  flags: Readonly<Record<string, string>>;
  /** One line for the list of commands. */
  summary: string;
  /** What else its user should know. */
  details: string;
}

const usage = (of: CommandUsage): CommandUsage => of;

export const COMMANDS = {
  serve: usage({
    operands: [],
    flags: {},
    summary: "serves the chat; what happens without a command",
    details: "",
  }),
  backup: usage({
    operands: [{ name: "FILE", kind: "output" }],
    flags: {
      replace: "writes over a FILE that exists",
      "without-files": "leaves files out, as where their bucket has a backup of its own",
    },
    summary: "writes everything into one file, also while the chat is served",
    details:
      `FILE becomes a Confab database in SQLite's format, of one moment, readable by its owner
only, and is checked when it is complete. Until then it is called FILE.unfinished. The files that
people have sent are copied into the folder FILE.files; with --replace only those that are not there
yet. "restore" puts it back, into SQLite or PostgreSQL.`,
  }),
  restore: usage({
    operands: [{ name: "FILE", kind: "input" }],
    flags: { replace: "puts FILE in the place of a chat that is there" },
    summary: "puts a backup back; the chat must not be served meanwhile",
    details:
      `FILE is a backup that "backup" wrote, or a copied chat.db. One of an earlier version is
brought up to date. FILE itself is not changed. If it is interrupted, the chat is the one of before
or that of FILE, whole. Files come from the folder FILE.files to where the settings keep them.
Browsers load anew what they knew of the chat.`,
  }),
  migrate: usage({
    operands: [{ name: "FROM", kind: "database" }, { name: "TO", kind: "database" }],
    flags: { restart: "throws away what an interrupted copy into TO has left" },
    summary: "moves the chat between SQLite and PostgreSQL; it must not be served meanwhile",
    details:
      `FROM and TO are databases, as in DATABASE_URL: sqlite:data/chat.db, postgres://user@host/name.
TO must be empty. Interrupted, it goes on where it stopped when it is called again. In the end the
rows of every table are counted and compared by their digests; only then can TO be served. FROM is
not changed. Browsers go on as if nothing had happened.

Files stay where CONFAB_FILES says, whichever database names them. They are moved by
"migrate files:data/files s3://BUCKET", or the other way round: it may run while the chat is served,
and copies only what is not there yet; run it again when the chat is stopped.`,
  }),
  check: usage({
    operands: [],
    flags: { json: "writes the findings as JSON" },
    summary: "looks whether all that is kept fits together, also while the chat is served",
    details:
      `Each fault is one line. It changes nothing. The exit code is 0 if there is no fault, else 1.`,
  }),
  users: usage({
    operands: [
      { name: "ACTION", kind: "text" },
      { name: "NAME", kind: "text", optional: true },
      { name: "ROLE", kind: "text", optional: true },
    ],
    flags: {
      stdin: "reset-password takes the new password from its input, one line",
      json: "list writes JSON",
    },
    summary: "lists accounts, changes their role, disables them, resets a password",
    details: `  users list                  id, name, role, state, when last seen
  users role NAME ROLE        owner, admin, member, bot or guest
  users disable NAME          ends all their sessions
  users enable NAME
  users reset-password NAME   a new random password, shown once; ends all their sessions
  users reset-link NAME       a link with which they set a new one, once, within a day
  users second-factor-off NAME
                              takes their app, passkeys and recovery codes: they lost them

NAME is a username or an id. It works also while the chat is served, which learns of it within
seconds. One owner who is not disabled always stays. An owner who has lost the password gets a new
one by "users reset-password" or "users reset-link".`,
  }),
  mail: usage({
    operands: [{ name: "ADDRESS", kind: "text" }],
    flags: {},
    summary: "sends a test letter, to see whether the settings of mail are right",
    details:
      `It goes out at once, as CONFAB_SMTP and CONFAB_MAIL_FROM say. What the mail server answers is told.`,
  }),
  permissions: usage({
    operands: [],
    flags: {},
    summary: 'what Deno must allow for the settings, for "deno run"',
    details: `For another command, that command and its arguments follow: permissions backup FILE`,
  }),
} as const satisfies Record<string, CommandUsage>;

export type ProgramCommand = keyof typeof COMMANDS;

export function isCommand(name: string): name is ProgramCommand {
  return Object.hasOwn(COMMANDS, name);
}

/** "backup FILE [--replace]" */
export function usageLine(name: ProgramCommand): string {
  const { operands, flags }: CommandUsage = COMMANDS[name];
  return [
    name,
    ...operands.map((each) => each.optional ? `[${each.name}]` : each.name),
    ...Object.keys(flags).map((flag) => `[--${flag}]`),
  ].join(" ");
}

/** The list of commands in `--help`. */
export function commandsHelp(): string {
  const names = Object.keys(COMMANDS) as ProgramCommand[]; // the table's own keys
  return names.map((name) => `  ${name.padEnd(12)}${COMMANDS[name].summary}`).join("\n");
}

/** The answer to "confab COMMAND --help". */
export function commandHelp(name: ProgramCommand): string {
  const { flags, summary, details }: CommandUsage = COMMANDS[name];
  const width = Math.max(8, ...Object.keys(flags).map((flag) => flag.length)) + 2;
  const flagLines = Object.entries(flags).map(([flag, text]) =>
    `  --${flag.padEnd(width)}${text}\n`
  );
  return [
    `Usage: confab ${usageLine(name)}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n`,
    details === "" ? "" : `\n${details}\n`,
    flagLines.length === 0 ? "" : `\n${flagLines.join("")}`,
    name === "migrate"
      ? ""
      : `\nWhich chat it is about, the settings say as for "serve": CONFAB_DATA_DIR or --data-dir,\n` +
        `DATABASE_URL or --database. "confab --help" lists them.\n`,
  ].join("");
}
