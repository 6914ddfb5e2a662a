/**
 * Parts of the page that the first view can do without. They are fetched once the page is at rest:
 * the first view need not wait for them, and they open at once, even if the connection has been
 * lost by then. It must not know what they are.
 */
import { useEffect, useState } from "preact/hooks";
import { useView } from "../view.ts";
import { whenIdle } from "./idle.ts";

/**
 * Null until the part has loaded; later calls with the same `load` get it at once. If it is
 * `wanted`, it is fetched immediately, and `failed` is called if that does not work.
 */
export function useAtRest<Part>(
  load: () => Promise<Part>,
  wanted: boolean,
  failed: () => void = () => {},
): Part | null {
  const { fetched } = useView();
  // What is kept under a `load` is what that very `load` returned.
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
