/** A client beside a model of the server, for the tests of what waits to be sent. */
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { Link, type LinkOptions } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";

export const sane = { sanitizeOps: true, sanitizeResources: true };

/** A client of one user, with room 1 open; `options.storage` may be an earlier tab's. */
export function world(
  options: LinkOptions = {},
  server = new ModelServer([1, 2], [1, 2]),
  user = 1,
) {
  const storage = options.storage ?? createMemoryStorage();
  const link = new Link(server, user, { ...options, storage });
  return { server, link, storage, client: link.client({ room: 1 }) };
}

/** What the server holds. */
export const texts = (server: ModelServer, room = 1) =>
  server.rooms.get(room)!.messages.map(({ text }) => text);

/** What the client still shows as on its way. */
export const pending = (client: ReturnType<Link["client"]>) =>
  client.state.pending.value.map(({ text, state }) => `${text}: ${state}`);
