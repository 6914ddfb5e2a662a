/**
 * What one has written and not sent, by room: text, what it answers, a message being changed. Kept
 * on the browser's shelf for this user alone, over reloads, crashes and sessions that were ended;
 * the tabs of one user share it. It must not know how messages are sent.
 *
 * Another device's drafts (PROTOCOL: `PUT /api/rooms/:id/draft`) will come in where another tab's
 * do, by `adopt`, and go out where the shelf is written, in `write`.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Ticks, Timestamp } from "../protocol/time.ts";
import { cleanText } from "../protocol/text.ts";
import type { Environment } from "./environment.ts";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";
import { deleteIn, setIn } from "./state.ts";

/** A room's first change is written at once, further ones this often (ms). */
const WRITE_EVERY = 300;
/** Who has written here within this time (ms) is not interrupted by another tab. */
const WRITING = 5_000;
/** Nobody looks for a draft that is older than this (ms). */
const EXPIRES_AFTER = 90 * 86_400_000;
/** UTF-16 units of a text that are kept: twice what can be sent, so that it can be shortened. */
const KEPT_LENGTH = 32_000;

export interface Drafts {
  drafts: ReadonlySignal<ReadonlyMap<number, Draft>>;
  /** The rooms with something that was not sent. */
  rooms: ReadonlySignal<ReadonlySet<number>>;
  /** Reads what is kept, and begins to listen to other tabs. Call it once. */
  load(): void;
  change(room: number, change: Partial<Draft>): void;
  /** What the page held before the engine started: typed early, or put back by the browser. */
  prefill(room: number, text: string): void;
  /** Writes what waits to be written. */
  flush(): void;
  /** Forgets everything of this user, here and in the other tabs. */
  clear(): void;
  stop(): void;
}

/** @param withheld called where the browser does not keep what was written */
export function createDrafts(
  { userId, environment, withheld }: {
    userId: number;
    environment: Environment;
    withheld(): void;
  },
): Drafts {
  const { shelf } = environment;
  const prefix = `confab.draft.${userId}.`;
  const drafts = signal<ReadonlyMap<number, Draft>>(new Map());
  const rooms = signal<ReadonlySet<number>>(new Set());
  /** room → what stood in the page, until it is known what was kept. */
  let early: Map<number, string> | null = new Map();
  /** Changed since they were written. */
  const changed = new Set<number>();
  /** room → when it was put on the shelf last. */
  const shelved = new Map<number, Ticks>();
  /** room → when something was written in it here. */
  const written = new Map<number, Ticks>();
  let timer: unknown = null;
  let stopListening = () => {};

  function set(room: number, draft: Draft | null): void {
    if (draft === null || isEmpty(draft)) deleteIn(drafts, room);
    else setIn(drafts, room, draft);
    const unsent = draft !== null && isUnsent(draft);
    if (rooms.peek().has(room) === unsent) return;
    const others = [...rooms.peek()].filter((other) => other !== room);
    rooms.value = new Set(unsent ? [...others, room] : others);
  }

  /** Another tab's, or what was kept. */
  function adopt(room: number, value: string | null, before: string | null): void {
    if (!Number.isInteger(room)) return;
    const ours = drafts.peek().get(room);
    if (value === null) {
      // Sent there. What was written here meanwhile is something else.
      if (ours !== undefined && !isSame(ours, before)) return;
      return set(room, null);
    }
    const since = environment.ticks() - (written.get(room) ?? -Infinity);
    if (ours === undefined || since > WRITING) set(room, parse(value)?.draft ?? null);
  }

  function write(room: number): void {
    changed.delete(room);
    shelved.set(room, environment.ticks());
    const draft = drafts.peek().get(room);
    try {
      if (draft === undefined) return shelf.delete(prefix + room);
      if (Math.max(draft.text.length, draft.edit?.text.length ?? 0) > KEPT_LENGTH) {
        return withheld();
      }
      shelf.put(prefix + room, JSON.stringify({ ...draft, at: environment.now() }));
    } catch {
      withheld();
    }
  }

  function flush(): void {
    for (const room of [...changed]) write(room);
  }

  function rest(): void {
    environment.clearTimeout(timer);
    timer = null;
  }

  function writeSoon(room: number): void {
    changed.add(room);
    const since = environment.ticks() - (shelved.get(room) ?? -Infinity);
    if (since >= WRITE_EVERY) return write(room);
    timer ??= environment.setTimeout(() => {
      timer = null;
      flush();
    }, WRITE_EVERY);
  }

  function read(): [key: string, value: string][] {
    try {
      return shelf.all("confab.draft.");
    } catch {
      return [];
    }
  }

  function change(room: number, change: Partial<Draft>): void {
    set(room, { ...(drafts.peek().get(room) ?? EMPTY_DRAFT), ...change });
    written.set(room, environment.ticks());
    // What was sent must not be found again after a crash.
    if (drafts.peek().has(room)) writeSoon(room);
    else write(room);
  }

  function prefill(room: number, text: string): void {
    if (early !== null) return void early.set(room, text);
    const kept = drafts.peek().get(room)?.text ?? "";
    // A browser that restores what stood in a field restores the draft itself.
    if (text.trim() === "" || kept.includes(text)) return;
    change(room, { text: cleanText(kept === "" ? text : `${kept}\n${text}`) });
  }

  return {
    drafts,
    rooms,
    load() {
      for (const [key, value] of read()) {
        const kept = parse(value);
        if (kept === null || environment.now() - kept.at > EXPIRES_AFTER) shelf.delete(key);
        else if (key.startsWith(prefix)) adopt(Number(key.slice(prefix.length)), value, null);
      }
      const typed = early ?? [];
      early = null;
      for (const [room, text] of typed) prefill(room, text);
      const stop = shelf.onChange((key, value, before) => {
        if (key.startsWith(prefix)) adopt(Number(key.slice(prefix.length)), value, before);
      });
      const stopLeaving = environment.onLeave?.(flush);
      stopListening = () => {
        stop();
        stopLeaving?.();
      };
    },
    change,
    prefill,
    flush,
    clear() {
      rest();
      changed.clear();
      for (const [key] of read()) if (key.startsWith(prefix)) shelf.delete(key);
      drafts.value = new Map();
      rooms.value = new Set();
    },
    stop() {
      rest();
      flush();
      stopListening();
    },
  };
}

function isEmpty({ text, replyTo, edit }: Draft): boolean {
  return text === "" && replyTo === null && edit === null;
}

function isUnsent({ text, edit }: Draft): boolean {
  return text.trim() !== "" || (edit !== null && edit.text !== edit.target.text);
}

/** Whether the draft says what was kept. */
function isSame(draft: Draft, value: string | null): boolean {
  const kept = value === null ? null : parse(value)?.draft ?? null;
  return kept !== null && kept.text === draft.text && kept.replyTo?.id === draft.replyTo?.id &&
    kept.edit?.target.id === draft.edit?.target.id && kept.edit?.text === draft.edit?.text;
}

/** What was put there by this program, perhaps by another version of it; null: by none. */
function parse(value: string): { draft: Draft; at: Timestamp } | null {
  try {
    const kept = JSON.parse(value) as Draft & { at: Timestamp };
    if (typeof kept.text !== "string" || typeof kept.at !== "number") return null;
    const { text, replyTo = null, edit = null, at } = kept;
    const cleanEdit = edit === null ? null : { ...edit, text: cleanText(edit.text) };
    return { draft: { text: cleanText(text), replyTo, edit: cleanEdit }, at };
  } catch {
    return null;
  }
}
