/**
 * The whole chat as people see it: the rooms, the open conversation, its members, dialogs. It reads
 * the engine's signals and calls its actions; it knows no sockets and no address bar.
 */
import { computed, type Signal, signal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChatClient } from "../client/chat_client.ts";
import type { Language } from "../protocol/accounts.ts";
import { usePaneHistory } from "./pane_history.ts";
import { BesideRoom } from "./BesideRoom.tsx";
import { catalogue, isLoaded, loadWords } from "./catalogue/catalogue.ts";
import { dayNumber, localClock, type ReaderClock, SERVER_CLOCK } from "./dates.ts";
import { isolate } from "./direction.ts";
import { Dialogs } from "./dialogs/Dialogs.tsx";
import { whenIdle } from "./parts/idle.ts";
import { Toasts } from "./parts/Toasts.tsx";
import { News } from "./room/News.tsx";
import { RoomView } from "./RoomView.tsx";
import { Sidebar } from "./sidebar/Sidebar.tsx";
import {
  type FailedToast,
  placeOf,
  titleOf,
  type UndoToast,
  type View,
  ViewContext,
} from "./view.ts";

export interface ChatViewProps {
  client: Pick<ChatClient, "state" | "actions" | "shelf">;
  /** What is spoken while the user's own setting is "as the browser asks". */
  language: Language;
  navigate: View["navigate"];
  /** The room is open only where there is a place for it beside the list. */
  home?: boolean;
}

export function ChatView({ client, language: otherwise, home = false, ...props }: ChatViewProps) {
  const language = useLoaded(client.state.me.value.language ?? otherwise);
  const held = useMemo(createHeldState, []);
  const navigate = usePaneHistory(held.pane, client.state.linked, props.navigate);
  const view = useMemo(
    (): View => ({ ...held, ...client, language, words: catalogue(language), navigate }),
    [client, language, navigate],
  );
  useClock(held.clock, language);
  useMinute(held.minute);
  usePageAttributes(view);
  useUpkeep(view);

  const room = client.state.openRoom.value;
  const atList = room === null && client.state.preview.value === null;
  return (
    <ViewContext.Provider value={view}>
      <a class="skip" href="#composer">{view.words.common.skip}</a>
      {hasNews(view) && <News />}
      <div class={atList ? "app at-list" : home ? "app at-home" : "app at-room"}>
        <Sidebar />
        <RoomView key={room} room={room} />
        <BesideRoom />
      </div>
      <Dialogs />
      <Toasts />
    </ViewContext.Provider>
  );
}

/** Nothing is known yet of sign-ins where there is no list of them. */
function hasNews({ state: { signIns, reminded } }: View): boolean {
  return signIns.value?.length !== 0 || reminded.value.length > 0;
}

/** The chosen language once its words have loaded; until then the previous one. */
function useLoaded(language: Language): Language {
  const [shown, setShown] = useState(language);
  useEffect(() => {
    let current = true;
    // Where it cannot be loaded the page stays as it is, and the next change tries again.
    loadWords(language).then(() => current && setShown(language), () => {});
    return () => {
      current = false;
    };
  }, [language]);
  return isLoaded(language) ? language : shown;
}

/** A script of its own: the first view does without it. */
const loadUpkeep = () => import("./browser/upkeep.ts");

function useUpkeep({ state, actions, navigate }: View): void {
  /** A room that is not among the reader's is the server's to show. */
  function follow(path: string): boolean {
    const place = placeOf(path);
    if (place === null || !state.rooms.peek().has(place.room ?? 0)) return false;
    navigate(place);
    return true;
  }
  useEffect(() => {
    let isHere = true;
    let stop = () => {};
    const load = async () => {
      const { keepUp } = await loadUpkeep();
      const tell = (zone: string) => actions.tellTimeZone(zone);
      if (isHere) stop = keepUp(document, follow, tell, actions.customEmoji);
    };
    load().catch(() => {}); // without a connection the chat goes on without it
    return () => {
      isHere = false;
      stop();
    };
  }, []);
}

/** What outlives a change of language or room. */
function createHeldState() {
  const clock = signal<ReaderClock>(SERVER_CLOCK);
  return {
    clock,
    mounted: computed(() => clock.value.now !== null),
    dialog: signal<View["dialog"]["value"]>(null),
    pane: signal<View["pane"]["value"]>(null),
    minute: signal<number | null>(null),
    thread: null,
    membersChanges: signal(0),
    toast: signal<string | UndoToast | FailedToast | null>(null),
    unfolded: new Set<string>(),
    fetched: new Map<unknown, unknown>(),
  };
}

/** Moves to the reader's own zone after the first render, and past midnight when it comes. */
function useClock(clock: Signal<ReaderClock>, language: Language): void {
  useEffect(() => {
    clock.value = localClock(Date.now());
    document.documentElement.dataset.ready = "";
    const timer = setInterval(() => {
      const next = localClock(Date.now(), clock.value.style);
      if (dayNumber(next.now, next) !== dayNumber(clock.value.now!, next)) clock.value = next;
    }, 30_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() =>
    whenIdle(() => {
      const write = ({ inStyle }: typeof import("./browser/upkeep.ts")) => {
        clock.value = inStyle(clock.value, language);
      };
      loadUpkeep().then(write, () => {}); // without a connection times stay as the server writes them
    }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
}

/** A task of its own: the first thing that says how long ago it was loads the words for that. */
function useMinute(minute: Signal<number | null>): void {
  useEffect(() => {
    const tell = () => {
      minute.value = Date.now();
    };
    const stop = whenIdle(tell);
    const timer = setInterval(tell, 30_000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
}

/** The tab's title tells what waits; the theme follows the setting. */
function usePageAttributes(view: View): void {
  useSignalEffect(() => {
    const { rooms, hidden, openRoom, preview, me, workspace } = view.state;
    const brand = workspace.value.name;
    let waiting = 0;
    for (const room of rooms.value.values()) {
      if (room.membership.notify === "none") continue;
      const { unread, mentions, threads } = room.membership;
      waiting += (room.kind === "direct" ? unread : mentions) + threads;
    }
    const open = openRoom.value === null ? undefined : rooms.value.get(openRoom.value);
    const title = open ? titleOf(view, open) : preview.value?.room.name;
    const name = title ? `${isolate(title)} — ${brand}` : brand;
    const more = hidden.value.unread ? "+" : "";
    document.title = waiting > 0 || more ? `(${waiting || ""}${more}) ${name}` : name;
    document.documentElement.dataset.theme = me.value.theme;
  });
}
