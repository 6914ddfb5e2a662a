/**
 * What a command is: a schema, a rule of access, and what it does. The command table is everything
 * people can do in Confab, over WebSocket and HTTP alike. It knows no transport.
 */
import type { Language } from "../protocol/accounts.ts";
import type { z } from "zod";
import { ConfabError, confirmFirst } from "../errors.ts";
import type { UserRole } from "../protocol/people.ts";
import { mayEndanger, type UserFacts, type Verdict } from "../protocol/permissions.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Bus } from "../bus/bus.ts";
import type { FileSpace } from "../store/contract/files.ts";
import type { Store } from "../store/store.ts";
import type { CurrentWorkspace } from "../workspace/current_workspace.ts";
import type { Rates } from "./rates.ts";
import type { Notice } from "./notice.ts";

/** Who acts: taken from the session, never from the request. */
export interface Actor {
  userId: number;
  role: UserRole;
  /** When their session last proved who they are; a socket does not know it. */
  confirmedAt?: Timestamp | null;
  /** From which network address, for the audit log; unknown where it is left out. */
  address?: string | undefined;
  /** Of the page from which they act; a socket does not know it. */
  language?: Language | undefined;
}

/** Where files are kept: how much they may take, and who takes away what is gone. */
export interface FileHost {
  /** Bytes of one file, at most. */
  readonly mostBytes: number;
  readonly space: FileSpace;
  /** Throws `too_large` where the disk would be too full with so many bytes more. */
  requireDisk(bytes: number): Promise<void>;
  /** Some were given up: their bytes are to be taken away. */
  cleanUp(): void;
}

/** What commands may use. */
export interface CommandContext
  extends Pick<Rates, "mailRate" | "roomRate" | "sendRate" | "typingRate" | "uploadRate"> {
  store: Store;
  bus: Bus<Notice>;
  workspace: CurrentWorkspace;
  /** Nobody can guess them. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  now(): number;
  /** Ids of all who are online now, on any node. */
  online(): number[];
  /** Sends the letters that were put into the queue; null where this server sends none. */
  mail: { wake(): void } | null;
  /** Does what was planned, at its time: something was planned, or moved. */
  jobs: { wake(): void };
  /** Looks at what messages link to. `isOn`: whether it does; `wake`: there is something. */
  previews: { isOn(): boolean; wake(): void };
  /** A token that opens one thing once: shown to people, and its hash for the store. */
  newToken(): Promise<{ token: string; hash: string }>;
  /** Somebody was erased: what takes longer begins. */
  eraseRest(): void;
  /** What somebody says of themselves ends then. */
  endStatusAt(until: Timestamp): void;
  files: FileHost;
  /** A message was deleted: what can be taken back for a while goes afterwards. */
  purgeLater(): void;
}

/** A rule of `protocol/permissions.ts`, whatever facts it needs. */
// deno-lint-ignore no-explicit-any -- rules differ in their facts; only their verdicts are alike
export type Rule = (...facts: any[]) => Verdict;

/**
 * Which rules decide whether the actor may run the command. The store always asks them inside its
 * transaction: an answer from before it may be out of date.
 */
export type Access =
  /** Only the account decides: asked here as well, so that a refusal costs no transaction. */
  | { by: "account"; rules: [(user: UserFacts) => Verdict] }
  /** The room, the message or another account decides: only the transaction knows it. */
  | { by: "transaction"; rules: Rule[] };

export interface CommandDefinition<Schema extends z.ZodType, Result> {
  schema: Schema;
  access: Access;
  /** Counted against the user's limit on writes per second. */
  metered?: boolean;
  /**
   * Dangerous, always or with such an input: only for somebody who has proven who they are in the
   * last quarter of an hour (`protocol/confirming.ts`); anybody else gets `confirm_first`.
   */
  confirmed?: boolean | ((input: z.output<Schema>) => boolean);
  run(context: CommandContext, actor: Actor, input: z.output<Schema>): Promise<Result>;
}

/** A command with any input, as tables hold it. */
// deno-lint-ignore no-explicit-any -- a command takes what its own schema gives, and no other input
export type AnyCommand = CommandDefinition<any, unknown>;

/** Declares a command; without `access` it does not compile or start. */
export function defineCommand<Schema extends z.ZodType, Result>(
  definition: CommandDefinition<Schema, Result>,
): CommandDefinition<Schema, Result> {
  if (!definition.access?.rules?.length) {
    throw new TypeError("Cannot register a command without access");
  }
  return definition;
}

export function byAccount(rule: (user: UserFacts) => Verdict): Access {
  return { by: "account", rules: [rule] };
}

export function inTransaction(...rules: [Rule, ...Rule[]]): Access {
  return { by: "transaction", rules };
}

/** Throws `forbidden` if the account alone, as the session knows it, is refused. */
export function askAccess(access: Access, actor: Actor): void {
  if (access.by !== "account") return;
  // A user with a session is not disabled, as far as is known here.
  if (access.rules[0]({ role: actor.role, disabled: false }) === "allowed") return;
  const who = actor.role === "guest" ? "Guests" : "You";
  throw new ConfabError("forbidden", `${who} cannot do this.`);
}

/** Throws `confirm_first` if this is dangerous, and the actor has not shown lately who they are. */
export function askConfirmed<Input>(
  { confirmed = false }: { confirmed?: boolean | ((input: Input) => boolean) },
  actor: Actor,
  input: Input,
  now: Timestamp,
): void {
  const isDangerous = typeof confirmed === "function" ? confirmed(input) : confirmed;
  if (isDangerous && mayEndanger(actor.confirmedAt, now) !== "allowed") throw confirmFirst();
}
