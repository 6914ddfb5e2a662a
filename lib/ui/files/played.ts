/** What sounds: one thing at a time. It must not know what plays. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useView } from "../view.ts";
import { playbackOf } from "./playback.ts";

export interface Played<Media extends HTMLMediaElement> {
  /** The browser cannot play it, or it did not come. */
  failed: boolean;
  handlers: {
    ref: { current: Media | null };
    onError: () => void;
    onPlay: (event: Event) => void;
  };
}

/** For an element with the browser's own controls: whatever else plays is paused. */
export function usePlayed<Media extends HTMLMediaElement>(): Played<Media> {
  const view = useView();
  const [failed, setFailed] = useState(false);
  const ref = useRef<Media>(null);
  useEffect(() => {
    // It may have failed before anything here was awake.
    if (ref.current?.error) setFailed(true);
  }, []);
  function onPlay({ currentTarget }: Event) {
    playbackOf(view).pause();
    pauseOthers(currentTarget);
  }
  return { failed, handlers: { ref, onError: () => setFailed(true), onPlay } };
}

/** @param but this one goes on */
export function pauseOthers(but: EventTarget | null): void {
  for (const other of document.querySelectorAll<HTMLMediaElement>("audio, video")) {
    if (other !== but) other.pause();
  }
}
