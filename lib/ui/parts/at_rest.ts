/**
 * Parts of the page that the first view does without: fetched once the page is at rest, so that
 * the first view is not kept waiting, and that a part opens without a wait even when the connection
 * has gone by then. It must not know what they are.
 */
import { useEffect, useState } from "preact/hooks";
import { useView } from "../view.ts";
import { whenIdle } from "./idle.ts";

/**
 * Null until the part is there; from then on it is there for whoever asks with the same `load`.
 * Where it is wanted it is fetched at once; `failed` is called where it is wanted and does not come.
 */
export function useAtRest<Part>(
  load: () => Promise<Part>,
  wanted: boolean,
  failed: () => void = () => {},
): Part | null {
  const { fetched } = useView();
  // What was kept under a `load` is what this very `load` gave.
  const [part, setPart] = useState(() => (fetched.get(load) ?? null) as Part | null);
  useEffect(() => {
    if (part !== null) return;
    let isHere = true;
    const fetch = () =>
      void load().then((loaded) => {
        fetched.set(load, loaded);
        if (isHere) setPart(() => loaded);
      }, () => isHere && wanted && failed());
    const stop = wanted ? soon(fetch) : whenIdle(fetch);
    return () => {
      isHere = false;
      stop();
    };
  }, [wanted, part]);
  return part;
}

function soon(task: () => void): () => void {
  const timer = setTimeout(task);
  return () => clearTimeout(timer);
}
