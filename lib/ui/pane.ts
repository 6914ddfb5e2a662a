/**
 * What can stand beside the room, as a value: one thing at a time, on a phone above the room. It
 * must not know what the panes look like, nor how the browser remembers which was open.
 */

/** A thread, by its first message. */
export interface ThreadPane {
  kind: "thread";
  room: number;
  /** The id of the thread's first message. */
  root: number;
  /** A message in it to be shown. */
  seq?: number;
}

export type Pane =
  | { kind: "members" }
  /** The named threads of the open room. */
  | { kind: "topics" }
  /** The files and links of the open room. */
  | { kind: "files" }
  /** One's threads, of all rooms. */
  | { kind: "threads" }
  /** What the reader has planned, in all rooms. */
  | { kind: "later" }
  | ThreadPane;

/** The pane that goes with this room: what belongs to another room does not. */
export function paneIn(pane: Pane | null, room: number | null): Pane | null {
  return pane?.kind === "thread" && pane.room !== room ? null : pane;
}

/** The same pane, and not merely another of its kind. */
export function isSamePane(one: Pane | null, other: Pane | null): boolean {
  return keyOf(one) === keyOf(other);
}

export function keyOf(pane: Pane | null): string {
  if (pane === null) return "";
  return pane.kind === "thread" ? `thread ${pane.room} ${pane.root}` : pane.kind;
}

/** Reads what an entry of the browser's history holds, which another version may have written. */
export function parsePane(kept: unknown): Pane | null {
  if (typeof kept !== "object" || kept === null || !("kind" in kept)) return null;
  const { kind, room, root, seq } = kept as Record<string, unknown>;
  switch (kind) {
    case "members":
    case "topics":
    case "files":
    case "threads":
    case "later":
      return { kind };
    case "thread": {
      if (typeof room !== "number" || typeof root !== "number") return null;
      return { kind, room, root, ...typeof seq === "number" ? { seq } : {} };
    }
    default:
      return null;
  }
}
