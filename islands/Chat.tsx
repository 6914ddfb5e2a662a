/**
 * Joins the client engine to the views, and both to the address bar. Nothing else: what the chat
 * does is in lib/client, what it looks like in lib/ui.
 */
import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import { browserEnvironment } from "../lib/client/browser.ts";
import { createChatClient } from "../lib/client/client.ts";
import { type Bootstrap, type ChatClient } from "../lib/client/model.ts";
import { ChatView } from "../lib/ui/ChatView.tsx";
import { chooseLanguage } from "../lib/ui/catalogue/catalogue.ts";
import { type Place, placeOf, placePath } from "../lib/ui/view.ts";

export interface ChatProps {
  bootstrap: Bootstrap;
}

export default function Chat({ bootstrap }: ChatProps) {
  const client = useMemo(() => createChatClient(bootstrap, browserEnvironment()), []);
  const navigate = useCallback((place: Place, how: "push" | "replace" = "push") => {
    if (placePath(place) !== location.pathname || how === "replace") {
      history[`${how}State`](null, "", placePath(place));
    }
    go(client, place);
  }, [client]);

  useEffect(() => {
    client.start();
    openFirstPlace(client, navigate);
    const onPopState = () => go(client, placeOf(location.pathname) ?? { room: null });
    addEventListener("popstate", onPopState);
    return () => {
      removeEventListener("popstate", onPopState);
      client.stop();
    };
  }, []);
  useSignalEffect(() => {
    const { connection, openRoom } = client.state;
    if (connection.value.state === "signedOut") location.assign("/login");
    if (openRoom.value !== null) rememberRoom(openRoom.value);
  });

  return <ChatView client={client} language={automaticLanguage(bootstrap)} navigate={navigate} />;
}

function go(client: ChatClient, place: Place): void {
  if (place.room === null) return client.actions.closeRoom();
  // What fails is in the engine's notice already.
  client.actions.openRoom(place.room, place.seq).catch(() => {});
}

/** The server's choice by `Accept-Language`, or the same choice made here where it made none. */
function automaticLanguage(bootstrap: Bootstrap) {
  return bootstrap.me.language === null
    ? bootstrap.language
    : chooseLanguage(null, globalThis.navigator?.languages?.join(","));
}

const LAST_ROOM = "confab.room";

/** Where the list and a room fit side by side, `/` shows the room of the last visit. */
function openFirstPlace(
  client: ChatClient,
  navigate: (place: Place, how: "replace") => void,
): void {
  const { openRoom, rooms } = client.state;
  if (openRoom.value !== null || !matchMedia("(min-width: 720px)").matches) return;
  const last = Number(read(LAST_ROOM));
  const room = rooms.value.has(last) ? last : [...rooms.value.keys()][0];
  if (room !== undefined) navigate({ room }, "replace");
}

function rememberRoom(room: number): void {
  try {
    localStorage.setItem(LAST_ROOM, String(room));
  } catch {
    // Storage may be forbidden or full: then `/` opens the first room.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
