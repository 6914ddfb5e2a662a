/**
 * The files that go along with what is being written, above the field: small pictures and cards in
 * their order. One stop of the Tab key; arrows go from one to the next, with Shift they move it.
 */
import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Attachment } from "../../client/uploads_model.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { useDialogView } from "../dialog_view.ts";
import { useAnnounced } from "./announcing.ts";
import { Dragging, inOrder } from "./dragging.ts";
import type { Host } from "./host.ts";
import { TrayItem } from "./TrayItem.tsx";

export interface TrayProps {
  host: Host;
  input: RefObject<HTMLTextAreaElement | null>;
}

export function Tray({ host, input }: TrayProps) {
  const { words, actions, dialog } = useDialogView();
  const { home, attachments } = host;
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const told = useAnnounced(attachments);
  const { stop, remove, onKeyDown } = useKeys(host, list, input, told);
  const dragging = useDragging(host);
  const order = inOrder(attachments, dragging.order.value);
  const current = Math.min(stop.value, order.length - 1);
  return (
    <div class="tray">
      <ul
        ref={list}
        class="tray-items"
        aria-label={words.attachments.list}
        aria-describedby={hintId}
        onKeyDown={onKeyDown}
        {...dragging.handlers}
      >
        {order.map((attachment, at) => (
          <TrayItem
            key={attachment.local}
            attachment={attachment}
            tabStop={at === current}
            dragged={attachment.local === dragging.dragged.value}
            onOpen={() => dialog.value = { kind: "attachment", home, local: attachment.local }}
            onRetry={() => actions.retryUpload(attachment.local)}
            onRemove={() => remove(attachment)}
            onFocus={() => stop.value = at}
          />
        ))}
      </ul>
      <p class="hidden" id={hintId}>{words.attachments.hint}</p>
      <p class="hidden" role="status">{told.value}</p>
      <OriginalChoice host={host} />
    </div>
  );
}

function useDragging(host: Host): Dragging {
  const { actions } = useDialogView();
  const latest = useRef(host);
  latest.current = host;
  const [dragging] = useState(() =>
    new Dragging(() => {
      const { home, attachments } = latest.current;
      return {
        names: () => attachments.map(({ local }) => local),
        move: (local, to) => actions.moveAttachment(home, local, to),
      };
    })
  );
  return dragging;
}

/** What keys do, and where the focus is then. */
function useKeys(
  { home, attachments }: Host,
  list: RefObject<HTMLElement | null>,
  input: TrayProps["input"],
  told: Signal<string>,
) {
  const { words, actions } = useDialogView();
  /** The item that Tab comes to. */
  const stop = useSignal(0);
  function remove({ local, name }: Attachment): void {
    const at = attachments.findIndex((one) => one.local === local);
    stop.value = Math.max(0, Math.min(at, attachments.length - 2));
    told.value = words.attachments.removed(name);
    actions.detach(home, local);
    // The next one has the focus, or the text.
    if (attachments.length === 1) input.current?.focus();
    else focusSoon(list.current, stop.value);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = itemAt(list.current, event.target);
    const attachment = attachments[at];
    if (attachment === undefined) return;
    const to = placeFor(event.key, at, attachments.length);
    if (event.key === "Delete" || event.key === "Backspace") remove(attachment);
    else if (to === null) return;
    else {
      stop.value = to;
      if (event.shiftKey || event.ctrlKey) {
        actions.moveAttachment(home, attachment.local, to);
        told.value = words.attachments.place(to + 1, attachments.length);
        focusSoon(list.current, to);
      } else focusItem(list.current, to); // at once: the next key is meant for it
    }
    event.preventDefault();
    event.stopPropagation();
  }
  return { stop, remove, onKeyDown };
}

/** Whether pictures go as they are, for all at once; one by one in their dialogs. */
function OriginalChoice({ host: { home, attachments } }: { host: Host }) {
  const { words, actions, language } = useDialogView();
  const pictures = attachments.filter(({ smaller, state }) =>
    smaller !== null && state !== "failed"
  );
  if (pictures.length === 0) return null;
  const before = pictures.reduce((sum, { chosen }) => sum + chosen, 0);
  const after = pictures.reduce((sum, { smaller }) => sum + smaller!, 0);
  const size = (bytes: number) => formatSize(bytes, language);
  return (
    <label class="tray-original">
      <input
        type="checkbox"
        checked={pictures.every(({ original }) => original)}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          for (const { local, original } of pictures) {
            if (original !== on) actions.sendOriginal(home, local, on);
          }
        }}
      />
      {words.attachments.original(size(before), size(after))}
    </label>
  );
}

function itemAt(list: HTMLElement | null, target: EventTarget | null): number {
  return [...list?.children ?? []].findIndex((item) => item.contains(target as Node));
}

/** Where the key leads to; null where it leads nowhere. */
function placeFor(key: string, at: number, count: number): number | null {
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}

/** Once it is in its place. */
function focusSoon(list: HTMLElement | null, at: number): void {
  requestAnimationFrame(() => focusItem(list, at));
}

function focusItem(list: HTMLElement | null, at: number): void {
  list?.children[at]?.querySelector<HTMLElement>("button")?.focus({ preventScroll: false });
}
