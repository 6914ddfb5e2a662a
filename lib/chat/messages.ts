/** Writing: send, edit, delete, react. The store keeps the order; this says who may ask for what. */
import { ConfabError } from "../errors.ts";
import { COMMANDS } from "../protocol/commands.ts";
import { type Message, postMessage } from "../protocol/messages.ts";
import * as field from "../protocol/fields.ts";
import { mayDelete, mayEdit, mayReact, mayWrite } from "../protocol/permissions.ts";
import { type CommandContext, defineCommand, inTransaction } from "./command.ts";

export interface Sent {
  message: Message;
  duplicate: boolean;
}

/** Over WebSocket: the client names its message. */
export const send = defineCommand({
  schema: COMMANDS.send,
  access: inTransaction(mayWrite),
  metered: true,
  run: (context, actor, input): Promise<Sent> => add(context, actor.userId, input),
});

/** Over HTTP: a script may leave the naming to us; then a retry is a new message. */
export const post = defineCommand({
  schema: field.object(() => ({ ...postMessage.unwrap().shape, room: field.id })),
  access: inTransaction(mayWrite),
  metered: true,
  run: (context, actor, input): Promise<Sent> =>
    add(context, actor.userId, { ...input, clientId: input.clientId ?? context.randomId() }),
});

export const edit = defineCommand({
  schema: COMMANDS.edit,
  access: inTransaction(mayEdit),
  metered: true,
  run: ({ store, now }, actor, { message, text }): Promise<Message> =>
    store.editMessage({ userId: actor.userId, message, text, now: now() }),
});

export const remove = defineCommand({
  schema: COMMANDS.delete,
  access: inTransaction(mayDelete),
  metered: true,
  run: ({ store, now }, actor, { message }): Promise<Message> =>
    store.deleteMessage({ userId: actor.userId, message, now: now() }),
});

export const react = defineCommand({
  schema: COMMANDS.react,
  access: inTransaction(mayReact),
  metered: true,
  run: ({ store, now }, actor, { message, emoji, on }): Promise<Message> =>
    store.react({ userId: actor.userId, message, emoji, on, now: now() }),
});

interface NewText {
  room: number;
  clientId: string;
  text: string;
  replyTo?: number | null | undefined;
  files?: number[] | undefined;
}

function add({ store, now }: CommandContext, userId: number, input: NewText): Promise<Sent> {
  if (input.files !== undefined && input.files.length > 0) {
    return Promise.reject(
      new ConfabError("invalid", "The message names an unknown file.", {
        errors: [{ path: "files", message: "there is no such file", reason: "invalid" }],
      }),
    );
  }
  const { room, clientId, text, replyTo = null } = input;
  return store.addMessage({ userId, room, clientId, text, replyTo, now: now() });
}
