/**
 * The only way in: find the command, validate its input, ask its access rule, run it. WebSocket
 * frames and HTTP requests both come through here. It knows no transport.
 */
import type { z } from "zod";
import { ConfabError, type FieldError } from "../errors.ts";
import { limitsOfOneNode } from "../limits/allowance.ts";
import type { MakeLimit } from "../limits/limit.ts";
import type { FieldReason } from "../protocol/codes.ts";
import type { Ticks } from "../protocol/time.ts";
import {
  type Actor,
  type AnyCommand,
  askAccess,
  askConfirmed,
  type CommandContext,
  type CommandDefinition,
} from "./command.ts";
import * as accounts from "./accounts.ts";
import * as audit from "./audit.ts";
import * as avatars from "./avatars.ts";
import * as customEmoji from "./custom_emoji.ts";
import * as drafts from "./drafts.ts";
import * as emails from "./emails.ts";
import * as files from "./files.ts";
import * as health from "./health.ts";
import * as heard from "./heard.ts";
import * as history from "./history.ts";
import * as invites from "./invites.ts";
import * as joinRequests from "./join_requests.ts";
import * as links from "./links.ts";
import * as listing from "./listing.ts";
import * as members from "./members.ts";
import * as messages from "./messages.ts";
import * as oidc from "./oidc.ts";
import * as people from "./people.ts";
import * as reactions from "./reactions.ts";
import * as reading from "./reading.ts";
import * as reminders from "./reminders.ts";
import * as roomPictures from "./room_pictures.ts";
import * as seen from "./seen.ts";
import * as rooms from "./rooms.ts";
import * as lookup from "./lookup.ts";
import * as saved from "./saved.ts";
import * as scheduled from "./scheduled.ts";
import * as recovery from "./recovery.ts";
import * as second_factor from "./second_factor.ts";
import { createRates, type RateOptions, type Rates } from "./rates.ts";
import * as staff from "./staff.ts";
import * as sync from "./sync.ts";
import * as threads from "./threads.ts";
import * as typing from "./typing.ts";
import * as undo from "./undo.ts";
import * as versions from "./versions.ts";
import * as workspace from "./workspace.ts";

/** Everything people can do: the exports of each feature's file. */
export const COMMAND_TABLE = {
  ...accounts,
  ...audit,
  ...avatars,
  ...customEmoji,
  ...drafts,
  ...emails,
  ...files,
  ...health,
  ...heard,
  ...history,
  ...invites,
  ...joinRequests,
  ...links,
  ...listing,
  ...members,
  ...messages,
  ...oidc,
  ...people,
  ...reactions,
  ...reading,
  ...seen,
  ...recovery,
  ...reminders,
  ...roomPictures,
  ...rooms,
  ...lookup,
  ...saved,
  ...scheduled,
  ...second_factor,
  ...staff,
  ...sync,
  ...threads,
  ...typing,
  ...undo,
  ...versions,
  ...workspace,
} satisfies Record<string, AnyCommand>;

type Table = typeof COMMAND_TABLE;
export type CommandName = keyof Table;
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<Table[Name]["run"]>>;

export interface ChatOptions
  extends Omit<CommandContext, keyof Rates>, Omit<RateOptions, "makeLimit"> {
  /** Measures the rates; `now` is for stored times. */
  ticks(): Ticks;
  /** Makes the rates' limits; without it, this process alone counts. */
  makeLimit?: MakeLimit;
}

export interface Chat {
  /**
   * Runs one command. Everything before the store is synchronous, so one caller's commands reach
   * the store in the order they were sent.
   */
  run<Name extends CommandName>(
    name: Name,
    actor: Actor,
    input: unknown,
  ): Promise<CommandResult<Name>>;
}

export function createChat(options: ChatOptions): Chat {
  const { makeLimit = limitsOfOneNode(options.ticks) } = options;
  const rates = createRates({ ...options, makeLimit });
  const context: CommandContext = { ...options, ...rates };

  // deno-lint-ignore require-await -- what is thrown before the store must reject, not throw
  async function run(name: CommandName, actor: Actor, input: unknown): Promise<unknown> {
    // The table's types pair each name with its result; here inside, all commands are alike.
    const command = COMMAND_TABLE[name] as unknown as CommandDefinition<z.ZodType, unknown>;
    const parsed = parse(command.schema, input);
    askAccess(command.access, actor);
    askConfirmed(command, actor, parsed, options.now());
    if (command.metered) spend(actor);
    return command.run(context, actor, parsed);
  }

  function spend(actor: Actor) {
    const wait = rates.sendRate.spend(actor.userId);
    if (wait === 0) return;
    throw new ConfabError("rate_limited", "You are sending too fast.", { retryAfter: wait });
  }

  return { run: run as Chat["run"] };
}

/**
 * Validates, or throws `invalid`, which says what is wrong with which field.
 * @param within the path of what the fields are part of
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  within?: string,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfabError("invalid", "The request does not fit its schema.", {
    errors: result.error.issues.slice(0, MOST_ERRORS)
      .flatMap((issue) => fieldErrors(issue, within === undefined ? [] : [within]))
      .slice(0, MOST_ERRORS),
  });
}

/** A body can have ten thousand unknown fields, with names of any length. */
const MOST_ERRORS = 20;
const LONGEST_MESSAGE = 200;
const LONGEST_PATH = 100;

/** One error per field: Zod reports unknown fields together, at their object. */
function fieldErrors(issue: z.core.$ZodIssue, within: readonly string[]): FieldError[] {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, MOST_ERRORS) : null;
  const at = [...within, ...issue.path];
  const paths = unknown?.map((key) => [...at, key]) ?? [at];
  return paths.map((path) => ({
    path: path.map(String).join(".").slice(0, LONGEST_PATH).toWellFormed(),
    message: unknown
      ? "is no field of this"
      : issue.message.slice(0, LONGEST_MESSAGE).toWellFormed(),
    reason: reasonOf(issue),
  }));
}

function reasonOf(issue: z.core.$ZodIssue): FieldReason {
  switch (issue.code) {
    case "custom":
      // Set by `protocol/fields.ts`, which sets no other kind of reason.
      return (issue.params?.reason as FieldReason | undefined) ?? "invalid";
    case "too_small":
      return "too_short";
    case "too_big":
      return "too_long";
    case "invalid_type":
      return issue.input === undefined ? "missing" : "invalid";
    case "unrecognized_keys":
      return "unknown";
    default:
      return "invalid";
  }
}
