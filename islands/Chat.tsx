/**
 * Connects the client engine to the views, and both to the address bar. Nothing else: lib/client
 * decides what the chat does, lib/ui what it looks like.
 */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { browserEnvironment } from "../lib/client/browser.ts";
import { createChatClient } from "../lib/client/client.ts";
import type { ChatClient } from "../lib/client/chat_client.ts";
import type { Bootstrap, SignedOut } from "../lib/client/model.ts";
import { ChatView } from "../lib/ui/ChatView.tsx";
import { chooseLanguage } from "../lib/ui/catalogue/catalogue.ts";
import { isSteppingBack } from "../lib/ui/history_steps.ts";
import { type Place, placeOf, placePath } from "../lib/ui/view.ts";

export interface ChatProps {
  bootstrap: Bootstrap;
}

export default function Chat({ bootstrap }: ChatProps) {
  const client = useMemo(
    () => createChatClient(bootstrap, browserEnvironment(bootstrap.instance)),
    [],
  );
  const navigate = useCallback((place: Place, how: "push" | "replace" = "push") => {
    if (placePath(place) !== location.pathname || how === "replace") {
      // What is open above this place leaves its entry to the next.
      history[`${history.state?.over ? "replace" : how}State`](null, "", placePath(place));
    }
    go(client, place);
  }, [client]);

  const home = useSignal(bootstrap.home);
  // Before the conversation wakes: it would count messages that nobody sees as read.
  useLayoutEffect(() => {
    if (home.value) settleHome(client);
    home.value = false;
  }, []);

  useEffect(() => {
    client.start();
    if (takeLeft()) client.tell("other_session");
    const onPopState = () => {
      const place = placeOf(location.pathname) ?? { room: null };
      if (!isSteppingBack() && !isAt(client, place)) go(client, place);
    };
    addEventListener("popstate", onPopState);
    return () => {
      removeEventListener("popstate", onPopState);
      client.stop();
    };
  }, []);
  useSignalEffect(() => {
    const { connection, openRoom } = client.state;
    if (connection.value.state === "signedOut") leave(connection.value.why);
    if (openRoom.value !== null) client.actions.rememberRoom(openRoom.value);
  });

  useLeftPermalink(client);

  return (
    <ChatView
      client={client}
      language={automaticLanguage(bootstrap)}
      navigate={navigate}
      home={home.value}
    />
  );
}

/** After the reader has moved on from a permalink's message, a reload does not lead back to it. */
function useLeftPermalink({ state }: ChatClient): void {
  const marked = useRef<number | null>(null);
  useSignalEffect(() => {
    const room = state.openRoom.value;
    const isMarked = state.highlightSeq.value !== null;
    const left = !isMarked && room !== null && marked.current === room;
    marked.current = isMarked ? room : null;
    if (left && location.pathname.startsWith(`${placePath({ room })}/`)) {
      history.replaceState(history.state, "", placePath({ room }));
    }
  });
}

/** Some entries of the history differ only in what stands beside the room. */
function isAt({ state }: ChatClient, { room, seq }: Place): boolean {
  return state.openRoom.peek() === room && state.highlightSeq.peek() === (seq ?? null);
}

function go(client: ChatClient, place: Place): void {
  if (place.room === null) return client.actions.closeRoom();
  const { room } = place;
  client.actions.openRoom(room, place.seq).catch(() => {
    // The engine's notice says what failed. The address names a room that is not here, and no other
    // room may pass for it.
    if (!client.state.rooms.value.has(room)) client.actions.closeRoom();
  });
}

/** Leaves a page whose session is gone; what was written here is kept for its own account. */
function leave(why: SignedOut | null): void {
  if (why === null) return;
  if (why === "renewed") return location.reload();
  if (why === "other") {
    markLeft();
    return location.replace("/"); // the room that is open may not be theirs
  }
  const next = encodeURIComponent(location.pathname);
  location.assign(`/login?reason=${why}&next=${next}`);
}

/** For this tab only: the page before this one was another account's. */
const LEFT = "confab.left";

function markLeft(): void {
  try {
    sessionStorage.setItem(LEFT, "other");
  } catch {
    // Storage may be forbidden: then the page shows whose it is, without saying why.
  }
}

function takeLeft(): boolean {
  try {
    const left = sessionStorage.getItem(LEFT) !== null;
    sessionStorage.removeItem(LEFT);
    return left;
  } catch {
    return false;
  }
}

/** The server's choice by `Accept-Language`; if it made none, the same choice is made here. */
function automaticLanguage(bootstrap: Bootstrap) {
  return bootstrap.me.language === null
    ? bootstrap.language
    : chooseLanguage(null, globalThis.navigator?.languages?.join(","));
}

/**
 * The server writes the page at `/` for windows of any width. If the room fits beside the list, the
 * reader is in that room; on a phone, only the list is shown.
 */
function settleHome(client: ChatClient): void {
  const room = client.state.openRoom.value;
  if (room === null) return;
  if (matchMedia("(min-width: 720px)").matches) {
    history.replaceState(null, "", placePath({ room }));
  } else client.actions.closeRoom();
}
