/**
 * Drafts by room and thread: text, reply target, edited message. Kept on the browser's shelf for
 * this user alone, across reloads, crashes and ended sessions; a user's tabs share them. What comes
 * from other devices, and goes there, is `draft_sync.ts`'s. It must not know how messages are sent.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { KeptDraft } from "../protocol/drafts.ts";
import type { Ticks, Timestamp } from "../protocol/time.ts";
import { cleanText } from "../protocol/text.ts";
import type { Environment } from "./environment.ts";
import { type Draft, type DraftKey, draftTarget, EMPTY_DRAFT, parseDraftKey } from "./draft.ts";
import { isEmpty, isSame, isUnsent, parseDraft, written } from "./kept_draft.ts";
import { deleteIn, setIn } from "./state.ts";

/** A draft's first change is written at once, later ones this often (ms). */
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
  /** The user has written something here. */
  changed(key: DraftKey): void;
}

export class Drafts {
  readonly #options: DraftsOptions;
  readonly #prefix: string;
  readonly #drafts = signal<ReadonlyMap<DraftKey, Draft>>(new Map());
  readonly #rooms = signal<ReadonlySet<number>>(new Set());
  readonly drafts: ReadonlySignal<ReadonlyMap<DraftKey, Draft>> = this.#drafts;
  /** The rooms with a draft of their own. */
  readonly rooms: ReadonlySignal<ReadonlySet<number>> = this.#rooms;
  /** room → what was in the page, until the stored draft has been read. */
  #early: Map<number, string> | null = new Map();
  /** Changed since they were written. */
  readonly #changed = new Set<DraftKey>();
  /** When each was last written to the shelf. */
  readonly #shelved = new Map<DraftKey, Ticks>();
  /** When the user last typed in each here. */
  readonly #touched = new Map<DraftKey, Ticks>();
  /** When each was written last, here or in another tab. */
  readonly #times = new Map<DraftKey, Timestamp>();
  /** Another tab has written something else, which was not taken over here. */
  readonly #passed = new Set<DraftKey>();
  /** What it is, where that tab had not seen what is written here, which then stands nowhere else. */
  readonly #over = new Map<DraftKey, string>();
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
      environment.onLeave?.(() => this.#leave()) ?? (() => {}),
    ];
  }

  change(key: DraftKey, change: Partial<Draft>): void {
    this.#set(key, { ...(this.#drafts.peek().get(key) ?? EMPTY_DRAFT), ...change });
    this.#touched.set(key, this.#options.environment.ticks());
    // A sent draft must not reappear after a crash.
    if (this.#drafts.peek().has(key)) this.#writeSoon(key);
    else this.#write(key);
    this.#times.set(key, this.#options.environment.now());
    this.#options.changed(key);
  }

  /** Takes over what another device has written; null: it was sent there. An edit stays. */
  take(key: DraftKey, theirs: Pick<KeptDraft, "text" | "target"> | null): void {
    const ours = this.#drafts.peek().get(key) ?? EMPTY_DRAFT;
    const replyTo = theirs?.target ? draftTarget(theirs.target) : null;
    this.#set(key, { ...ours, text: cleanText(theirs?.text ?? ""), replyTo });
    this.#write(key);
  }

  /** Somebody writes in it here, just now. */
  isWritten(key: DraftKey): boolean {
    return this.#since(this.#touched.get(key)) <= WRITING;
  }

  /** 0: it never was, as far as is known. */
  changedAt(key: DraftKey): Timestamp {
    return this.#times.get(key) ?? 0;
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
    for (const key of [...this.#changed]) this.#write(key);
  }

  stop(): void {
    this.#rest();
    this.#leave();
    for (const stop of this.#stopListening) stop();
  }

  /** There is one place for all tabs: what is only here is put behind what stands there. */
  #leave(): void {
    this.flush();
    for (const [key, text] of this.#over) {
      const ours = this.#drafts.peek().get(key);
      if (ours && !text.includes(ours.text)) {
        this.#write(key, { ...ours, text: `${text}\n\n${ours.text}` });
      }
    }
  }

  #read(): [key: string, value: string][] {
    try {
      return this.#options.environment.shelf.all("confab.draft.");
    } catch {
      return [];
    }
  }

  /** Takes over another tab's draft, or the stored one. */
  #adopt(name: string, value: string | null, before: string | null): void {
    if (!name.startsWith(this.#prefix)) return;
    const key = parseDraftKey(name.slice(this.#prefix.length));
    if (key === null) return;
    const ours = this.#drafts.peek().get(key);
    if (!value) {
      this.#passed.delete(key);
      // It was sent there. What was typed here meanwhile is something else, and kept in its place.
      // After a logout, which empties it first, nothing is.
      if (value === "" || !ours || isSame(ours, before)) this.#set(key, null);
      else if (this.#over.has(key)) this.#write(key);
      return;
    }
    const kept = parseDraft(value);
    // Nobody is interrupted, and what that tab had not seen is not replaced.
    const isSeen = !ours || !kept?.unseen && isSame(ours, before);
    if (!isSeen && (kept?.unseen || this.#over.has(key) || !this.#passed.has(key))) {
      this.#over.set(key, kept?.draft.text ?? "");
    }
    if (!isSeen || this.isWritten(key)) return void this.#passed.add(key);
    this.#passed.delete(key);
    this.#set(key, kept?.draft ?? null);
    this.#times.set(key, kept?.at ?? 0);
  }

  #set(key: DraftKey, draft: Draft | null): void {
    if (draft === null || isEmpty(draft)) deleteIn(this.#drafts, key);
    else setIn(this.#drafts, key, draft);
    const unsent = draft !== null && isUnsent(draft);
    const rooms = this.#rooms.peek();
    if (typeof key !== "number" || rooms.has(key) === unsent) return;
    const others = [...rooms].filter((other) => other !== key);
    this.#rooms.value = new Set(unsent ? [...others, key] : others);
  }

  #writeSoon(key: DraftKey): void {
    this.#changed.add(key);
    if (this.#since(this.#shelved.get(key)) >= WRITE_EVERY) return this.#write(key);
    this.#timer ??= this.#options.environment.setTimeout(() => {
      this.#timer = null;
      this.flush();
    }, WRITE_EVERY);
  }

  #write(key: DraftKey, draft = this.#drafts.peek().get(key)): void {
    const { environment, withheld } = this.#options;
    const { shelf } = environment;
    this.#changed.delete(key);
    this.#over.delete(key);
    this.#shelved.set(key, environment.ticks());
    try {
      if (draft === undefined) {
        // What another tab has written is not cleared with it.
        return this.#passed.has(key) ? undefined : shelf.delete(this.#prefix + key);
      }
      const value = written(draft, environment.now(), this.#passed.delete(key));
      if (value === null) withheld();
      else shelf.put(this.#prefix + key, value);
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
