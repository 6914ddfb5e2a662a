/**
 * Plays a recording that is here. Its length is told: browsers do not know that of what they have just
 * recorded themselves.
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface Player {
  playing: Signal<boolean>;
  /** Seconds. */
  at: Signal<number>;
  toggle(): void;
  seek(seconds: number): void;
}

/** @param duration seconds */
export function usePlayer(address: string | null, duration: number): Player {
  const playing = useSignal(false);
  const at = useSignal(0);
  const audio = useRef<HTMLAudioElement | null>(null);
  useEffect(() => {
    if (address === null) return;
    const element = audio.current = new Audio(address);
    const look = () => {
      at.value = Math.min(duration, element.currentTime);
      if (!element.paused) requestAnimationFrame(look);
    };
    const tell = () => {
      playing.value = !element.paused && !element.ended;
      look();
    };
    element.addEventListener("play", tell);
    element.addEventListener("pause", tell);
    element.addEventListener("ended", () => {
      tell();
      at.value = 0;
    });
    return () => {
      element.pause();
      element.removeAttribute("src");
      audio.current = null;
    };
  }, [address]);
  return {
    playing,
    at,
    toggle() {
      const element = audio.current;
      if (element === null) return;
      if (element.paused) element.play().catch(() => playing.value = false);
      else element.pause();
    },
    seek(seconds) {
      at.value = seconds;
      if (audio.current !== null) audio.current.currentTime = seconds;
    },
  };
}
