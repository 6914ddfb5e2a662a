/**
 * The island as the server writes it: the same views as in `Chat.tsx`, over facts instead of an
 * engine. What an engine would make of the page's data, it makes by the engine's own functions.
 */
import { useMemo } from "preact/hooks";
import { dividerOf, isMissing, landingOf } from "../lib/client/landing.ts";
import type { Bootstrap, ChatState } from "../lib/client/model.ts";
import { flowOf, historyOf } from "../lib/client/timeline.ts";
import { ChatView } from "../lib/ui/ChatView.tsx";
import { NO_ACTIONS, NO_CHAT, NO_SHELF, stillState } from "../lib/ui/kept/still_view.ts";
import type { ChatProps } from "./Chat.tsx";

export default function StillChat({ bootstrap }: ChatProps) {
  const client = useMemo(
    () => ({ state: stateOf(bootstrap), actions: NO_ACTIONS, shelf: NO_SHELF }),
    [],
  );
  return (
    <ChatView
      client={client}
      language={bootstrap.language}
      navigate={() => {}}
      home={bootstrap.home}
    />
  );
}

function stateOf(bootstrap: Bootstrap): ChatState {
  const { me, rooms, hidden, users, saved, page, highlightSeq, limits, workspace } = bootstrap;
  const open = rooms.find(({ id }) => id === bootstrap.room);
  const history = open !== undefined && page !== null ? historyOf(page) : undefined;
  const landing = open ? landingOf(open, highlightSeq ?? undefined) : NO_CHAT.landing;
  return stillState({
    me,
    rooms: byKey(rooms, "id"),
    hidden,
    users: byKey(users, "id"),
    saved: new Set(saved),
    later: bootstrap.later ?? NO_CHAT.later,
    requests: bootstrap.requests ?? 0,
    preview: bootstrap.preview ?? null,
    openRoom: open?.id ?? null,
    timeline: flowOf(history?.timeline ?? null),
    highlightSeq,
    dividerSeq: open === undefined ? null : dividerOf(open, history, me.id),
    landing,
    missing: isMissing(landing, history),
    limits,
    workspace,
    freshThreads: byKey(bootstrap.threads ?? [], "root"),
    emoji: byKey(bootstrap.emoji ?? [], "name"),
  });
}

function byKey<One, Key extends keyof One>(things: readonly One[], key: Key): Map<One[Key], One> {
  return new Map(things.map((one) => [one[key], one]));
}
