/** Tells where the reader's clock stands, when it is looked at: people travel with their laptops. */
import { whenIdle } from "../parts/idle.ts";

/** The answer ends it. The first question takes a browser a while, so it is asked at rest. */
export function followTimeZone(document: Document, tell: (zone: string) => void): () => void {
  const say = () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (timeZone) tell(timeZone);
  };
  const stop = whenIdle(say);
  const look = () => document.visibilityState === "visible" && say();
  document.addEventListener("visibilitychange", look);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", look);
  };
}
