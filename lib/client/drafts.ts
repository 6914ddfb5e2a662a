/**
 * Drafts by room: text, reply target, edited message. Kept on the browser's shelf for this user
 * alone, across reloads, crashes and ended sessions; a user's tabs share them. It must not know how
 * messages are sent.
 *
 * Drafts from other devices (PROTOCOL: `PUT /api/rooms/:id/draft`) will come in where another tab's
 * do, in `#adopt`, and go out where the shelf is written, in `#write`.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Ticks } from "../protocol/time.ts";
import { cleanText } from "../protocol/text.ts";
import type { Environment } from "./environment.ts";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";
import { isEmpty, isSame, isUnsent, parseDraft, written } from "./kept_draft.ts";
import { deleteIn, setIn } from "./state.ts";

/** A room's first change is written at once, later ones this often (ms). */
const WRITE_EVERY = 300;
/** A user who typed here within this time (ms) is not interrupted by another tab. */
const WRITING = 5_000;
/** Drafts older than this (ms) are dropped. */
const EXPIRES_AFTER = 90 * 86_400_000;

export interface DraftsOptions {
  userId: number;
  environment: Environment;
  /** The browser does not store drafts. */
  withheld(): void;
}

export class Drafts {
  readonly #options: DraftsOptions;
  readonly #prefix: string;
  readonly #drafts = signal<ReadonlyMap<number, Draft>>(new Map());
  readonly #rooms = signal<ReadonlySet<number>>(new Set());
  readonly drafts: ReadonlySignal<ReadonlyMap<number, Draft>> = this.#drafts;
  /** The rooms with a draft. */
  readonly rooms: ReadonlySignal<ReadonlySet<number>> = this.#rooms;
  /** room → what was in the page, until the stored draft has been read. */
  #early: Map<number, string> | null = new Map();
  /** Changed since they were written. */
  readonly #changed = new Set<number>();
  /** room → when it was last written to the shelf. */
  readonly #shelved = new Map<number, Ticks>();
  /** room → when the user last typed in it here. */
  readonly #touched = new Map<number, Ticks>();
  #timer: unknown = null;
  #stopListening: (() => void)[] = [];

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#prefix = `confab.draft.${options.userId}.`;
  }

  /** Reads the stored drafts, and starts to listen to other tabs. Call it once. */
  load(): void {
    const { environment } = this.#options;
    const { shelf } = environment;
    for (const [key, value] of this.#read()) {
      const kept = parseDraft(value);
      if (kept === null || environment.now() - kept.at > EXPIRES_AFTER) shelf.delete(key);
      else this.#adopt(key, value, null);
    }
    const typed = this.#early ?? [];
    this.#early = null;
    for (const [room, text] of typed) this.prefill(room, text);
    this.#stopListening = [
      shelf.onChange((key, value, before) => this.#adopt(key, value, before)),
      environment.onLeave?.(() => this.flush()) ?? (() => {}),
    ];
  }

  change(room: number, change: Partial<Draft>): void {
    this.#set(room, { ...(this.#drafts.peek().get(room) ?? EMPTY_DRAFT), ...change });
    this.#touched.set(room, this.#options.environment.ticks());
    // A sent draft must not reappear after a crash.
    if (this.#drafts.peek().has(room)) this.#writeSoon(room);
    else this.#write(room);
  }

  /** What was in the page before the engine started: typed early, or restored by the browser. */
  prefill(room: number, text: string): void {
    if (this.#early !== null) return void this.#early.set(room, text);
    const kept = this.#drafts.peek().get(room)?.text ?? "";
    // A browser that restores a field's content restores the draft itself.
    if (text.trim() === "" || kept.includes(text)) return;
    this.change(room, { text: cleanText(kept === "" ? text : `${kept}\n${text}`) });
  }

  /** Writes pending changes. */
  flush(): void {
    for (const room of [...this.#changed]) this.#write(room);
  }

  stop(): void {
    this.#rest();
    this.flush();
    for (const stop of this.#stopListening) stop();
  }

  #read(): [key: string, value: string][] {
    try {
      return this.#options.environment.shelf.all("confab.draft.");
    } catch {
      return [];
    }
  }

  /** Takes over another tab's draft, or the stored one. */
  #adopt(key: string, value: string | null, before: string | null): void {
    const room = Number(key.slice(this.#prefix.length));
    if (!key.startsWith(this.#prefix) || !Number.isInteger(room)) return;
    const ours = this.#drafts.peek().get(room);
    if (value === null) {
      // It was sent there. What was typed here meanwhile is something else.
      if (ours === undefined || isSame(ours, before)) this.#set(room, null);
      return;
    }
    const since = this.#since(this.#touched.get(room));
    if (ours === undefined || since > WRITING) this.#set(room, parseDraft(value)?.draft ?? null);
  }

  #set(room: number, draft: Draft | null): void {
    if (draft === null || isEmpty(draft)) deleteIn(this.#drafts, room);
    else setIn(this.#drafts, room, draft);
    const unsent = draft !== null && isUnsent(draft);
    const rooms = this.#rooms.peek();
    if (rooms.has(room) === unsent) return;
    const others = [...rooms].filter((other) => other !== room);
    this.#rooms.value = new Set(unsent ? [...others, room] : others);
  }

  #writeSoon(room: number): void {
    this.#changed.add(room);
    if (this.#since(this.#shelved.get(room)) >= WRITE_EVERY) return this.#write(room);
    this.#timer ??= this.#options.environment.setTimeout(() => {
      this.#timer = null;
      this.flush();
    }, WRITE_EVERY);
  }

  #write(room: number): void {
    const { environment, withheld } = this.#options;
    const { shelf } = environment;
    this.#changed.delete(room);
    this.#shelved.set(room, environment.ticks());
    const draft = this.#drafts.peek().get(room);
    try {
      if (draft === undefined) return shelf.delete(this.#prefix + room);
      const value = written(draft, environment.now());
      if (value === null) withheld();
      else shelf.put(this.#prefix + room, value);
    } catch {
      withheld();
    }
  }

  #rest(): void {
    this.#options.environment.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Infinite if it never was. */
  #since(moment: Ticks | undefined): number {
    return this.#options.environment.ticks() - (moment ?? -Infinity);
  }
}
