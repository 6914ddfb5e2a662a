/**
 * What a command is: a schema, a rule of access, and what it does. The table of commands is the
 * whole of what people can do in Confab, over WebSocket and HTTP alike. It knows no transport.
 */
import type { z } from "zod";
import { ConfabError } from "../errors.ts";
import type { UserRole } from "../protocol/people.ts";
import { isStaff } from "../protocol/permissions.ts";
import type { Bus } from "../bus/bus.ts";
import type { Store } from "../store/store.ts";
import type { Rate } from "./send_rate.ts";
import type { Notice } from "./notice.ts";

/** Who acts: taken from the session, never from the request. */
export interface Actor {
  userId: number;
  role: UserRole;
}

/** What commands may use of the world. */
export interface CommandContext {
  store: Store;
  bus: Bus<Notice>;
  now(): number;
  /** How many rooms somebody may make. */
  roomRate: Rate;
  /** How often somebody's typing is told to others. */
  typingRate: Rate;
  /** A fresh client id for those who post without one. */
  randomId(): string;
}

/** Throws where the actor may not run the command at all. */
export type Access = (actor: Actor) => void;

export interface CommandDefinition<Schema extends z.ZodType, Result> {
  schema: Schema;
  access: Access;
  /** Counted by the limit on what one user may write in a second. */
  metered?: boolean;
  run(context: CommandContext, actor: Actor, input: z.output<Schema>): Promise<Result>;
}

/** Says what a command is; without `access` it does not compile, nor start. */
export function defineCommand<Schema extends z.ZodType, Result>(
  definition: CommandDefinition<Schema, Result>,
): CommandDefinition<Schema, Result> {
  if (typeof definition.access !== "function") {
    throw new TypeError("Cannot register a command without access");
  }
  return definition;
}

/** Everyone with a session: the command only touches what is the actor's own or public. */
export const signedIn: Access = () => {};

/**
 * The room decides, inside the store's transaction (`protocol/permissions.ts`): a check made
 * here, before it, could be overtaken by a removal.
 */
export const roomDecides: Access = () => {};

/** Guests see the rooms they were brought into, and nothing else. */
export const unlessGuest: Access = (actor) => {
  if (actor.role === "guest") throw new ConfabError("forbidden", "Guests cannot do this.");
};

/** The instance's owner and admins. */
export const staffOnly: Access = (actor) => {
  if (!isStaff(actor.role)) throw new ConfabError("forbidden", "Only admins can do this.");
};
