/**
 * Joins what makes pages cheap: whose turn it is, what is kept of them, and who has them already; and
 * the turns of sockets. A part of the composition in `app.ts`.
 */
import { LastChanges } from "./chat/last_changes.ts";
import { eventLoop } from "./event_loop.ts";
import { EntityTags } from "./http/entity_tags.ts";
import { KeptPages } from "./http/kept_pages.ts";
import { PageTurns } from "./http/page_turns.ts";
import { ReadPages } from "./http/read_pages.ts";
import { SocketTurns } from "./http/socket_turns.ts";
import type { Services } from "./http/state.ts";
import type { Resources } from "./resources/resources.ts";
import { KEPT_BYTES, KeptHtml } from "./ui/kept/kept_html.ts";

export type JoinedPages = Pick<
  Services,
  "keptHtml" | "keptPages" | "pageTurns" | "readPages" | "socketTurns" | "tags"
>;

/** @param start names this start of the program, unlike any other */
export function joinPages(
  { bus, nodes }: Pick<Resources, "bus" | "nodes">,
  start: string,
): JoinedPages {
  return {
    readPages: new ReadPages(),
    keptHtml: new KeptHtml(KEPT_BYTES),
    keptPages: new KeptPages(),
    pageTurns: new PageTurns(eventLoop),
    socketTurns: new SocketTurns(eventLoop),
    tags: new EntityTags({ changes: nodes === null ? followChanges(bus) : null, start }),
  };
}

function followChanges(bus: Resources["bus"]): LastChanges {
  const changes = new LastChanges();
  bus.subscribe((notices) => changes.happened(notices));
  return changes;
}
