/**
 * What goes along with a message that is being written: takes files that are chosen, pasted or dropped,
 * shows those that are attached, records voice. It comes at rest, beside the composer, and must not know
 * how bytes are sent.
 */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { AskedToAttach } from "./asked.ts";
import { FileChoice } from "./FileChoice.tsx";
import type { Host } from "./host.ts";
import { useDialogView } from "../dialog_view.ts";
import { titleOf } from "../view.ts";
import { droppedFiles, pastedFiles } from "./carried.ts";
import { takeDrops } from "./dropping.ts";
import { type Take, useTaking } from "./taking.ts";
import { Tray } from "./Tray.tsx";
import { VoiceBar } from "./VoiceBar.tsx";

export interface AttachingProps {
  host: Host;
  input: RefObject<HTMLTextAreaElement | null>;
  asked: Signal<AskedToAttach | null>;
}

export function Attaching({ host, input, asked }: AttachingProps) {
  const take = useTaking(host);
  useCarried(host, input, take);
  useForgetting(host, asked);
  const { actions } = useDialogView();
  // Without a connection it could not be fetched with the first file.
  useEffect(() => void actions.loadUploads().catch(() => {}), []);
  const voice = asked.value?.what === "voice" ? asked.value : null;
  return (
    <>
      <FileChoice host={host} input={input} asked={asked} />
      {host.mayAttach && host.attachments.length > 0 && (
        <Tray
          host={host}
          input={input}
        />
      )}
      {voice && (
        <VoiceBar
          host={host}
          input={input}
          held={voice.held}
          onEnd={() => {
            if (asked.peek() === voice) asked.value = null;
          }}
        />
      )}
    </>
  );
}

/** What could not be attached is said until something else is done. */
function useForgetting(host: Host, asked: Signal<AskedToAttach | null>): void {
  const { attachments } = host;
  const before = useRef(attachments.length);
  useEffect(() => {
    if (attachments.length < before.current || asked.value !== null) host.error.value = null;
    before.current = attachments.length;
  }, [attachments.length, asked.value]);
}

/** What is pasted, into the field or into the page, and what is dropped on the room or the thread. */
function useCarried(
  host: Host,
  input: RefObject<HTMLTextAreaElement | null>,
  take: Take,
): void {
  const view = useDialogView();
  const latest = useRef(take);
  latest.current = take;
  const room = view.state.rooms.value.get(host.room);
  const { words } = view;
  const label = host.thread
    ? words.attachments.dropInThread
    : words.attachments.drop(room ? titleOf(view, room) : "");
  useEffect(() => {
    const field = input.current;
    const place = field?.closest<HTMLElement>(".room, .pane");
    if (!field || !place) return;
    const onPaste = (event: ClipboardEvent) => {
      if (!host.mayAttach || !isFor(event.target, field, host.thread !== null)) return;
      const files = pastedFiles(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      // The tools beside the field would make text of a picture's address.
      event.stopImmediatePropagation();
      latest.current(files);
    };
    // In the phase before the field's own listeners.
    document.addEventListener("paste", onPaste, { capture: true });
    const stop = takeDrops(place, label, (data) => {
      if (!host.mayAttach) return;
      const { files, folders } = droppedFiles(data);
      latest.current(files, folders);
      field.focus();
    });
    return () => {
      document.removeEventListener("paste", onPaste, { capture: true });
      stop();
    };
  }, [label]);
}

/** What is pasted where nobody writes is for the room. */
function isFor(target: EventTarget | null, field: Element, inThread: boolean): boolean {
  if (target === field) return true;
  const isWritten = target instanceof Element &&
    target.closest("input, textarea, [contenteditable], dialog") !== null;
  return !inThread && !isWritten;
}
