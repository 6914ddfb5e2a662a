/**
 * What stands beside the room belongs to the entry of the browser's history: a reload finds it
 * again, and where it covers the room, as on a phone, "back" closes it. It must not know what the
 * panes show.
 */
import { type Signal, useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import type { ChatState } from "../client/model.ts";
import { afterStep, isSteppingBack, stepBack } from "./history_steps.ts";
import { isSamePane, type Pane, paneIn, parsePane } from "./pane.ts";
import type { Place, View } from "./view.ts";

/** What an entry of the history holds for us. */
interface Kept {
  pane?: Pane | null;
  /** The entry before this one is the same place without the pane. */
  above?: boolean;
  /** Something else is open above all of it: see `parts/back_closes.ts`. */
  over?: true;
}

/** Where the pane fills the window: the styles' own limit (`layout.css`). */
const COVERED = "(max-width: 719px)";

/**
 * Joins the two; a permalink of a message in a thread (`linked`) opens the thread. Returns the way
 * to another place, on which the pane stays only beside it.
 */
export function usePaneHistory(
  pane: Signal<Pane | null>,
  linked: ChatState["linked"],
  navigate: View["navigate"],
): View["navigate"] {
  const entries = useMemo(() => new Entries(pane), [pane]);
  useEffect(() => entries.follow(), [entries]);
  useSignalEffect(() => {
    pane.value;
    entries.write();
  });
  useSignalEffect(() => {
    const { value } = linked;
    if (value !== null && entries.followsLinks) pane.value = { kind: "thread", ...value };
  });
  return useCallback((place: Place, how?: "push" | "replace") =>
    afterStep(() => {
      entries.followsLinks = !place.jump;
      navigate(place, how);
      pane.value = covers() ? null : paneIn(pane.peek(), place.room);
      entries.write();
    }), [entries, navigate]);
}

class Entries {
  readonly #pane: Signal<Pane | null>;
  /** Whether the thread opens that a permalink's message is in. */
  followsLinks = true;

  constructor(pane: Signal<Pane | null>) {
    this.#pane = pane;
  }

  follow(): () => void {
    const popped = () => {
      // What was opened on the way there stays open.
      if (!isSteppingBack()) {
        this.#pane.value = parsePane(kept().pane);
        // Nothing is: one came by "forward", or by a reload. Others hear of the place first.
        if (kept().over) setTimeout(stepBack);
      }
      this.write();
    };
    addEventListener("popstate", popped);
    if (kept().pane || kept().over) popped();
    return () => removeEventListener("popstate", popped);
  }

  write(): void {
    afterStep(() => {
      const pane = this.#pane.peek();
      const { pane: before, above, over } = kept();
      if (isSamePane(parsePane(before), pane)) return;
      if (pane === null && above) {
        stepBack();
        this.write();
      } else if (pane !== null && !before && covers()) {
        // What it was opened from leaves its entry to it.
        history[over ? "replaceState" : "pushState"]({ pane, above: true }, "");
      } else history.replaceState({ ...kept(), pane }, "");
    });
  }
}

function kept(): Kept {
  return (history.state ?? {}) as Kept;
}

function covers(): boolean {
  return matchMedia(COVERED).matches;
}
