/**
 * The one way into the rules: find the command, validate, ask access, run. WebSocket frames and
 * HTTP requests both come through here. It knows no transport.
 */
import type { z } from "zod";
import { ConfabError, type FieldError } from "../errors.ts";
import type { FieldReason } from "../protocol/codes.ts";
import type { Ticks } from "../protocol/time.ts";
import { type Actor, askAccess, type CommandContext, type CommandDefinition } from "./command.ts";
import * as messages from "./messages.ts";
import * as people from "./people.ts";
import * as reading from "./reading.ts";
import * as rooms from "./rooms.ts";
import { createRoomRate, createSendRate } from "./send_rate.ts";

/** Everything that people can do. */
export const COMMAND_TABLE = {
  send: messages.send,
  post: messages.post,
  edit: messages.edit,
  delete: messages.remove,
  react: messages.react,
  history: reading.history,
  changes: reading.changes,
  snapshot: reading.snapshot,
  read: reading.read,
  putRead: reading.putReadMark,
  rememberRoom: reading.rememberRoom,
  typing: reading.typing,
  listRooms: rooms.listRooms,
  listHiddenRooms: rooms.listHiddenRooms,
  browseRooms: rooms.browseRooms,
  getRoom: rooms.getRoom,
  makeRoom: rooms.makeRoom,
  updateRoom: rooms.updateRoom,
  listMembers: rooms.listMembers,
  pageMembers: rooms.pageMembers,
  addMember: rooms.addMember,
  removeMember: rooms.removeMember,
  updateMembership: rooms.updateMembership,
  searchUsers: people.searchUsers,
  searchMembers: people.searchMembers,
  listUsers: people.listUsers,
  getUser: people.getUser,
  updateMe: people.updateMe,
  updateUser: people.updateUser,
};

type Table = typeof COMMAND_TABLE;
export type CommandName = keyof Table;
type Result<Name extends CommandName> = Awaited<ReturnType<Table[Name]["run"]>>;

/**
 * Of one user, events a second: a browser tells it every three seconds and room. Each goes to all
 * members, so that twenty connections of one user could keep a large room busy with nothing.
 */
const TYPING_RATE = 2;

export interface ChatOptions extends Omit<CommandContext, "roomRate" | "typingRate"> {
  /** Measures the rate of writing: `now` is for what is stored. */
  ticks(): Ticks;
  /** Writes a second and user; 0 = no limit. */
  sendRate: number;
  /** Rooms an hour and user; 0 = no limit. */
  roomRate: number;
}

export interface Chat {
  /**
   * Runs one command. Up to the store everything is synchronous, so that commands of one caller
   * reach the store in the order in which they were asked for.
   */
  run<Name extends CommandName>(name: Name, actor: Actor, input: unknown): Promise<Result<Name>>;
}

export function createChat(options: ChatOptions): Chat {
  const rate = createSendRate(options.sendRate, options.ticks);
  const context: CommandContext = {
    ...options,
    roomRate: createRoomRate(options.roomRate, options.ticks),
    typingRate: createSendRate(options.sendRate === 0 ? 0 : TYPING_RATE, options.ticks),
  };

  // deno-lint-ignore require-await -- what is thrown before the store must reject, not throw
  async function run(name: CommandName, actor: Actor, input: unknown): Promise<unknown> {
    // The table's types pair each name with its result; inside, all commands are alike.
    const command = COMMAND_TABLE[name] as unknown as CommandDefinition<z.ZodType, unknown>;
    const parsed = parse(command.schema, input);
    askAccess(command.access, actor);
    if (command.metered) spend(actor);
    return command.run(context, actor, parsed);
  }

  function spend(actor: Actor) {
    const wait = rate.take(actor.userId);
    if (wait === 0) return;
    throw new ConfabError("rate_limited", "You are sending too fast.", { retryAfter: wait });
  }

  return { run: run as Chat["run"] };
}

/** Validates, or throws `invalid` with what is wrong with which field. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfabError("invalid", "The request does not fit its schema.", {
    errors: result.error.issues.slice(0, MOST_ERRORS).flatMap(fieldErrors).slice(0, MOST_ERRORS),
  });
}

/** A body can have ten thousand unknown fields, each with a name of its own length. */
const MOST_ERRORS = 20;
const LONGEST_MESSAGE = 200;
const LONGEST_PATH = 100;

/** One for each field: Zod names unknown ones together, at the object that has them. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, MOST_ERRORS) : null;
  const paths = unknown?.map((key) => [...issue.path, key]) ?? [issue.path];
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
      // Set by `protocol/fields.ts`, which gives no other kind of reason.
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
