/**
 * Joins the client engine to the views, and both to the address bar. Nothing else: what the chat
 * does is in lib/client, what it looks like in lib/ui.
 */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { browserEnvironment } from "../lib/client/browser.ts";
import { createChatClient } from "../lib/client/client.ts";
import type { Bootstrap, ChatClient, SignedOut } from "../lib/client/model.ts";
import { ChatView } from "../lib/ui/ChatView.tsx";
import { chooseLanguage } from "../lib/ui/catalogue/catalogue.ts";
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
      history[`${how}State`](null, "", placePath(place));
    }
    go(client, place);
  }, [client]);

  const home = useSignal(bootstrap.home);
  // Before the conversation wakes, which would take what nobody sees for read.
  useLayoutEffect(() => {
    if (home.value) settleHome(client);
    home.value = false;
  }, []);

  useEffect(() => {
    client.start();
    if (takeLeft()) client.tell("other_session");
    const onPopState = () => go(client, placeOf(location.pathname) ?? { room: null });
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

/** Who went on from a permalink's message reads the room: a reload does not lead back to it. */
function useLeftPermalink({ state }: ChatClient): void {
  const marked = useRef<number | null>(null);
  useSignalEffect(() => {
    const room = state.openRoom.value;
    const isMarked = state.highlightSeq.value !== null;
    const left = !isMarked && room !== null && marked.current === room;
    marked.current = isMarked ? room : null;
    if (left && location.pathname.startsWith(`${placePath({ room })}/`)) {
      history.replaceState(null, "", placePath({ room }));
    }
  });
}

function go(client: ChatClient, place: Place): void {
  if (place.room === null) return client.actions.closeRoom();
  const { room } = place;
  client.actions.openRoom(room, place.seq).catch(() => {
    // What failed is in the engine's notice. The address names a room that is not here: no other
    // may seem to be it.
    if (!client.state.rooms.value.has(room)) client.actions.closeRoom();
  });
}

/** Leaves a page whose session is gone; what was written here is kept for its own account. */
function leave(why: SignedOut | null): void {
  if (why === null) return;
  if (why === "renewed") return location.reload();
  if (why === "here") return location.assign("/login");
  if (why === "other") {
    markLeft();
    return location.replace("/"); // the room that is open may not be theirs
  }
  const next = encodeURIComponent(location.pathname);
  location.assign(`/login?reason=${why}&next=${next}`);
}

/** For this tab alone: the page before this one was another account's. */
const LEFT = "confab.left";

function markLeft(): void {
  try {
    sessionStorage.setItem(LEFT, "other");
  } catch {
    // Storage may be forbidden: then the page shows whose it is without a word about why.
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

/** The server's choice by `Accept-Language`, or the same choice made here where it made none. */
function automaticLanguage(bootstrap: Bootstrap) {
  return bootstrap.me.language === null
    ? bootstrap.language
    : chooseLanguage(null, globalThis.navigator?.languages?.join(","));
}

/**
 * The server has written the page at `/` for every window: with the room beside the list where both
 * fit, which then is the place one is at, and with the list alone on a phone.
 */
function settleHome(client: ChatClient): void {
  const room = client.state.openRoom.value;
  if (room === null) return;
  if (matchMedia("(min-width: 720px)").matches) {
    history.replaceState(null, "", placePath({ room }));
  } else client.actions.closeRoom();
}
