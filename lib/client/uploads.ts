/**
 * Files on their way, as the rest of the engine sees them. What deals with them (`upload_desk.ts`)
 * is loaded with the first: the first view does without. It must not know how they are sent.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import { onDemand } from "./on_demand.ts";
import { unreachable } from "./request_error.ts";
import type { UploadDesk } from "./upload_desk.ts";
import type { DeskGround, DeskSignals } from "./upload_parts.ts";
import type { Attachment, UploadsActions } from "./uploads_model.ts";

export class Uploads implements DeskSignals {
  /** What goes with each draft. */
  readonly attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>> = signal(new Map());
  /** Those of messages that were sent before their files had arrived. */
  readonly sending: Signal<ReadonlyMap<string, Attachment>> = signal(new Map());
  /** Names the history of the database; null: there is no connection. */
  readonly epoch: Signal<string | null> = signal(null);
  /** Null: there has been no file yet. */
  here: UploadDesk | null = null;
  #ground: DeskGround | null = null;
  #desk: Promise<UploadDesk> | null = null;
  #stops: (() => void)[] = [];

  /** Looks whether earlier tabs left files, or others have some. */
  start(ground: DeskGround): void {
    this.#ground = ground;
    const { shelf } = ground.environment;
    const marker = `confab.files.${ground.bootstrap.me.id}.`;
    const look = (isThere: unknown) => void (isThere && this.desk().catch(() => {}));
    this.#stops = [
      shelf.onChange((key) => look(key === marker)),
      effect(() => look(ground.outbox.entries.value.some(({ attachments }) => attachments))),
    ];
    try {
      look(shelf.all(marker)[0]);
    } catch {
      // Then nothing was kept.
    }
  }

  /** The rooms with a draft of their own, be it a file alone. */
  roomsWith(texts: ReadonlySignal<ReadonlySet<number>>): ReadonlySignal<ReadonlySet<number>> {
    return computed(() => {
      const rooms = [...this.attachments.value.keys()].filter((key) => typeof key === "number");
      return rooms.length ? new Set([...texts.value, ...rooms]) : texts.value;
    });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.here?.stop();
  }

  /** Rejects with `RequestError` without its script. */
  desk(): Promise<UploadDesk> {
    return this.#desk ??= this.#open().catch(() => {
      this.#desk = null;
      throw unreachable();
    });
  }

  async #open(): Promise<UploadDesk> {
    const [files, { UploadDesk }] = await Promise.all([
      this.#ground!.environment.files!(),
      import("./upload_desk.ts"),
    ]);
    return this.here = new UploadDesk(this.#ground!, this, files);
  }
}

const ACTIONS = [
  "loadUploads",
  "attach",
  "detach",
  "moveAttachment",
  "describeAttachment",
  "sendOriginal",
  "retryUpload",
  "previewOf",
  "filesReady",
  "attachmentsSent",
] as const;

export function createUploadActions(uploads: Uploads): UploadsActions {
  return onDemand(ACTIONS, async () => (await uploads.desk()).drafts);
}
