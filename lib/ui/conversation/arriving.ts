/**
 * Leads readers to the end of the conversation who have sent something: at once, or where there was no
 * connection for it, once there is. Until then they see it below what is loaded. It must not know how
 * messages are sent.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Landing } from "../../client/model.ts";
import { useView } from "../view.ts";
import type { PlaceKeeper } from "./place_keeper.ts";

/** @param before how many messages were on their way when the conversation was opened */
export function useEndOnSend(place: PlaceKeeper, before: RefObject<number>): void {
  const { state } = useView();
  const pending = state.pending.value.length;
  const isOnline = state.connection.value.state === "online";
  const jump = useRef<{ landing: Landing; done: Promise<void> } | null>(null);
  const waiting = useRef(0);
  if (!isOnline) waiting.current = pending;
  function toEnd(): void {
    const done = place.toNewest();
    done.catch(() => {});
    jump.current = { done, landing: state.landing.peek() };
  }
  useEffect(() => {
    if (pending > before.current!) toEnd();
    before.current = pending;
  }, [pending]);
  useEffect(() => {
    const last = jump.current;
    // Whoever has taken back what waited stays where they are.
    if (!isOnline || waiting.current === 0 || last === null) return;
    waiting.current = 0;
    let isHere = true;
    last.done.catch(() => {
      // So does whoever has gone elsewhere since.
      if (isHere && state.landing.peek() === last.landing) toEnd();
    });
    return () => isHere = false;
  }, [isOnline]);
}
