/**
 * The files on their way that this browser has: kept, shown to the views, told to the other tabs.
 * It must not know how they are sent, nor what a draft or a message is beyond its name.
 */
import type { Signal } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { Environment, TabChannel } from "./environment.ts";
import type { FileStorage, Form, KeptUpload } from "./file_ground.ts";
import { within } from "./patience.ts";
import {
  attachmentOf,
  byTurn,
  isSameAttached,
  type Live,
  liveOf,
  type UploadItem,
  type UploadNews,
} from "./upload_item.ts";
import type { Attachment } from "./uploads_model.ts";

export interface ItemsOptions {
  userId: number;
  instance: string;
  environment: Environment;
  storage: FileStorage;
  attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>>;
  sending: Signal<ReadonlyMap<string, Attachment>>;
  /** Files are not kept: they are lost with the tab. */
  withheld(): void;
  /** What earlier tabs left is there, perhaps late. */
  loaded(): void;
  /** Another tab did something. `change`: null where it is gone. */
  heard(local: string, change: Partial<KeptUpload> | null): void;
}

export class Items {
  readonly #options: ItemsOptions;
  readonly #items = new Map<string, UploadItem>();
  /** On the shelf while there are files that wait here. */
  readonly #marker: string;
  #channel: TabChannel | null = null;

  constructor(options: ItemsOptions) {
    this.#options = options;
    this.#marker = `confab.files.${options.userId}.`;
  }

  /** Reads what earlier tabs left, and listens to others from now on. Never rejects. */
  async load(): Promise<void> {
    const { environment: { channel }, storage, userId, instance } = this.#options;
    const heard = (news: unknown) => this.#news(news as UploadNews);
    this.#channel = channel?.(`confab-files-${instance}-${userId}`, heard) ?? null;
    // A storage that answers late is heard late; nobody waits for it so long.
    const known = storage.all(userId).then((kept) => this.#take(kept));
    await this.#ask(known);
  }

  get(local: string): UploadItem | undefined {
    return this.#items.get(local);
  }

  /** In the order in which they go. */
  all(): UploadItem[] {
    return [...this.#items.values()].sort(byTurn);
  }

  /** A draft's, in their order. */
  of(target: DraftKey): UploadItem[] {
    return this.all().filter(({ kept }) => kept.target === target && kept.message === null);
  }

  ofMessage(clientId: string): UploadItem[] {
    return this.all().filter(({ kept }) => kept.message === clientId);
  }

  /** Without bytes: the server has it. */
  add(kept: KeptUpload, bytes: Partial<Record<Form, Blob>> = {}): void {
    this.#put(kept, bytes);
    this.#publish();
    this.#tell({ type: "added", kept });
    this.#mark();
    void this.#store(kept, bytes);
  }

  /** What is kept changes, and is stored with these bytes. */
  change(
    local: string,
    change: Partial<KeptUpload>,
    live: Partial<Live> = {},
    bytes: Partial<Record<Form, Blob>> = {},
  ): void {
    const item = this.#items.get(local);
    if (item === undefined || item.isOver) return;
    const kept = { ...item.kept, ...change };
    this.#put(kept, { ...item.bytes, ...bytes }, { ...item.live, ...live });
    this.#publish();
    this.#tell({ type: "changed", local, change, live: { ...item.live, ...live } });
    void this.#store(kept, bytes);
  }

  /** What is seen of it for the moment changes. @param tell the other tabs, too */
  show(local: string, live: Partial<Live>, tell = true): void {
    const item = this.#items.get(local);
    if (item === undefined || item.isOver) return;
    this.#put(item.kept, item.bytes, { ...item.live, ...live });
    this.#publish();
    if (tell) this.#tell({ type: "changed", local, change: {}, live: { ...item.live, ...live } });
  }

  /** Gone everywhere. */
  remove(local: string): void {
    if (!this.#items.delete(local)) return;
    this.#publish();
    this.#tell({ type: "gone", local });
    this.#erase(local);
  }

  /** The server has it, with its message: nothing of it stays, but what is on the screen. */
  finish(local: string): void {
    const item = this.#items.get(local);
    if (item === undefined || item.isOver) return;
    this.#items.set(local, { ...item, isOver: true });
    this.#erase(local);
  }

  /** What is over leaves with its message. */
  leave(isShown: (clientId: string) => boolean): void {
    const gone = [...this.#items.values()].filter(({ isOver, kept }) =>
      isOver && (kept.message === null || !isShown(kept.message))
    );
    if (gone.length === 0) return;
    for (const { kept } of gone) this.#items.delete(kept.local);
    this.#publish();
  }

  async bytes(local: string, form: Form): Promise<Blob | null> {
    return this.#items.get(local)?.bytes[form] ?? await this.copy(local, form);
  }

  /** Another tab may know more of it by now. */
  async refresh(local: string): Promise<void> {
    const { storage, userId } = this.#options;
    const kept = await this.#ask(storage.get(userId, local));
    const item = this.#items.get(local);
    if (!kept || item === undefined || item.isOver) return;
    this.#put(kept, item.bytes, liveOf(kept));
    this.#publish();
  }

  /** What the browser keeps of it, whatever became of what was chosen. */
  async copy(local: string, form: Form): Promise<Blob | null> {
    const { storage, userId } = this.#options;
    return await this.#ask(storage.bytes(userId, local, form));
  }

  stop(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  #take(kept: readonly KeptUpload[]): void {
    for (const record of kept) if (!this.#items.has(record.local)) this.#put(record);
    this.#mark();
    this.#publish();
    this.#options.loaded();
  }

  #put(kept: KeptUpload, bytes: UploadItem["bytes"] = {}, live = liveOf(kept)): void {
    const item = { kept, bytes, live, isOver: false };
    this.#items.set(kept.local, { ...item, shown: attachmentOf(item) });
  }

  async #store(kept: KeptUpload, bytes: Partial<Record<Form, Blob>>): Promise<void> {
    const { storage, environment, withheld } = this.#options;
    const written = storage.put(kept, bytes).then(() => true, () => false);
    // Large files take their time: only what the browser refuses is lost.
    const isLarge = Object.keys(bytes).length > 0;
    if (!(isLarge ? await written : await within(environment, written))) withheld();
    const item = this.#items.get(kept.local);
    // Dealt with while it was being written.
    if (item === undefined || item.isOver) this.#erase(kept.local);
  }

  async #ask<T>(answer: Promise<T>): Promise<T | null> {
    try {
      const said = await within(this.#options.environment, answer);
      return said === "silent" ? null : said;
    } catch {
      return null;
    }
  }

  #erase(local: string): void {
    const { storage, userId } = this.#options;
    storage.delete(userId, local).catch(() => {});
    this.#mark();
  }

  /** So that the next page looks, and does not where there is nothing. */
  #mark(): void {
    const { shelf } = this.#options.environment;
    const isAny = [...this.#items.values()].some(({ isOver }) => !isOver);
    try {
      if (isAny) shelf.put(this.#marker, "1");
      else shelf.delete(this.#marker);
    } catch {
      // Then they come back with the next file only.
    }
  }

  #tell(news: UploadNews): void {
    this.#channel?.post(news);
  }

  #news(news: UploadNews): void {
    if (news.type === "cleared") {
      for (const local of [...this.#items.keys()]) this.#news({ type: "gone", local });
      return;
    }
    if (news.type === "added") {
      if (!this.#items.has(news.kept.local)) this.#put(news.kept);
    } else if (news.type === "changed") {
      const item = this.#items.get(news.local);
      if (item === undefined || item.isOver) return;
      this.#put({ ...item.kept, ...news.change }, item.bytes, news.live);
    } else this.#items.delete(news.local);
    this.#publish();
    if (news.type === "gone") this.#options.heard(news.local, null);
    if (news.type === "changed") this.#options.heard(news.local, news.change);
    if (news.type === "added") this.#options.heard(news.kept.local, news.kept);
  }

  #publish(): void {
    const { attachments, sending } = this.#options;
    const drafts = new Map<DraftKey, Attachment[]>();
    const sent = new Map<string, Attachment>();
    for (const { kept, shown, isOver } of this.all()) {
      if (kept.message !== null || isOver) sent.set(kept.local, shown);
      else drafts.set(kept.target, [...drafts.get(kept.target) ?? [], shown]);
    }
    const before = attachments.peek();
    for (const [key, list] of drafts) {
      const old = before.get(key);
      if (old && isSameAttached(old, list)) drafts.set(key, old as Attachment[]);
    }
    const differs = [...drafts].some(([key, list]) => before.get(key) !== list);
    if (differs || drafts.size !== before.size) attachments.value = drafts;
    if (!isSameAttached([...sending.peek().values()], [...sent.values()])) sending.value = sent;
  }
}
