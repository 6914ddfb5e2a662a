/** The lists of what waits, read again whenever something about them has changed, on any device. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LaterList } from "../../client/later_actions.ts";
import { useView } from "../view.ts";

export type LoadedLater =
  | { state: "loading" }
  | { state: "failed"; error: unknown }
  | { state: "loaded"; list: LaterList };

export function useLater(): LoadedLater & { again(): void } {
  const { state, actions } = useView();
  const shown = useSignal<LoadedLater>({ state: "loading" });
  const tries = useSignal(0);
  const told = state.later.value;
  useEffect(() => {
    let isNewest = true;
    actions.later().then((later) => later.list()).then(
      (list) => isNewest && (shown.value = { state: "loaded", list }),
      // What is shown is worth more than a sentence about why it is not newer.
      (error) =>
        isNewest && shown.peek().state !== "loaded" && (shown.value = { state: "failed", error }),
    );
    return () => {
      isNewest = false;
    };
  }, [told, tries.value]);
  return { ...shown.value, again: () => void tries.value++ };
}
