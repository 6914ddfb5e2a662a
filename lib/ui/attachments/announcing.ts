/**
 * What a screen reader is told of files on their way: that some were attached, that all have arrived,
 * that one has not. Not how far each is: whoever wants to know that goes to it.
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Attachment } from "../../client/uploads_model.ts";
import { type DialogView, useDialogView } from "../dialog_view.ts";
import { isolate } from "../direction.ts";
import { sayFault } from "./saying.ts";

type Known = Pick<Attachment, "local" | "name" | "state">;

/**
 * The sentence that is told last. Views may put others there.
 * @param of "sent": a message's, of which nothing is new
 */
export function useAnnounced(
  attachments: readonly Attachment[],
  of: "draft" | "sent" = "draft",
): Signal<string> {
  const view = useDialogView();
  const told = useSignal("");
  const before = useRef<readonly Known[]>(of === "sent" ? attachments : []);
  useEffect(() => {
    const news = newsOf(before.current, attachments);
    before.current = attachments;
    if (news !== null) told.value = say(view, news);
  }, [attachments]);
  return told;
}

export type FileNews =
  | { kind: "added"; count: number }
  | { kind: "failed"; attachment: Attachment }
  | { kind: "ready" };

/** The one that matters most; null where nothing is worth a word. */
export function newsOf(before: readonly Known[], now: readonly Attachment[]): FileNews | null {
  const known = new Map(before.map((each) => [each.local, each.state]));
  const failed = now.find(({ local, state }) =>
    state === "failed" && known.get(local) !== "failed"
  );
  if (failed !== undefined) return { kind: "failed", attachment: failed };
  const added = now.filter(({ local }) => !known.has(local)).length;
  if (added > 0) return { kind: "added", count: added };
  const arrived = now.some(({ local, state }) => state === "ready" && known.get(local) !== "ready");
  return arrived && now.every(({ state }) => state === "ready") ? { kind: "ready" } : null;
}

function say(view: DialogView, news: FileNews): string {
  const { words } = view;
  switch (news.kind) {
    case "added":
      return words.attachments.added(news.count);
    case "ready":
      return words.attachments.allThere;
    case "failed":
      return `${isolate(news.attachment.name)}: ${sayFault(view, news.attachment)}`;
  }
}
