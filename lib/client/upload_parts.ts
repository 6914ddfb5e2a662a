/** What the parts that deal with files on their way have in common. It must not know those. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Limits } from "../protocol/limits.ts";
import type { Api } from "./api.ts";
import type { DraftKey } from "./draft.ts";
import type { Environment } from "./environment.ts";
import type { Bootstrap } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Telling } from "./telling.ts";
import type { UploadItem } from "./upload_item.ts";
import type { Items } from "./upload_items.ts";
import { abandon } from "./upload_line.ts";
import type { Runs } from "./upload_runs.ts";
import type { Attachment } from "./uploads_model.ts";

/** What the engine has for them. */
export interface DeskGround {
  bootstrap: Pick<Bootstrap, "me" | "sessionId" | "instance">;
  environment: Environment;
  api: Api;
  outbox: Outbox;
  state: { limits: ReadonlySignal<Limits> };
  telling: Telling;
}

export interface DeskSignals {
  /** Names the history of the database; null: there is no connection. */
  epoch: ReadonlySignal<string | null>;
  attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>>;
  /** By `local`. */
  sending: Signal<ReadonlyMap<string, Attachment>>;
}

export interface DeskParts extends DeskGround, DeskSignals {
  items: Items;
  runs: Runs;
}

/** The ids that a message names; null: not all are there as they should be. */
export function idsOf(attachments: readonly (Attachment | undefined)[]): number[] | null {
  const ids = attachments.flatMap((one) =>
    one?.file && one.file.alt === one.alt ? one.file.id : []
  );
  return ids.length < attachments.length ? null : ids;
}

/** Sends it, also what has failed, and at once. */
export function tryAgain({ items, runs, outbox }: DeskParts, local: string): void {
  const item = items.get(local);
  if (item === undefined) return;
  // It was one too many, and is there.
  if (item.kept.file !== null && item.kept.error !== null) {
    return items.change(local, { error: null }, { state: "ready" });
  }
  if (item.kept.file !== null) return;
  if (item.kept.error !== null) {
    items.change(local, { error: null }, { state: "waiting", sent: 0 });
  }
  // Its message has failed with it.
  if (item.kept.message !== null) outbox.resend(item.kept.message);
  runs.want(local, true);
  runs.online();
}

/** The server does not know it any more: it goes there again. */
export function sendAnew({ items, runs }: Pick<DeskParts, "items" | "runs">, local: string): void {
  items.change(local, { file: null }, { state: "waiting" });
  runs.want(local);
}

/** Nobody wants it any more. */
export function forsake(parts: DeskParts, local: string): void {
  const item = parts.items.get(local);
  if (item !== undefined) takeUploadBack(parts, item);
  forgetUpload(parts, local);
}

/** It is the server's, or nobody's: nothing of it stays here. */
export function forgetUpload({ items, runs }: DeskParts, local: string): void {
  runs.drop(local);
  items.remove(local);
}

/** In another history of the database the number is somebody else's. */
export function takeUploadBack(parts: DeskParts, { kept: { upload, epoch } }: UploadItem): void {
  if (upload !== null && epoch === parts.epoch.peek()) abandon(parts, upload);
}
