/**
 * Parts of the page that reading and writing need not: fetched once the page is at rest, so that
 * the first view is not kept waiting, and that a part opens without a wait even when the connection
 * has gone by then. It must not know what they are.
 */
import { useEffect, useState } from "preact/hooks";

/** Milliseconds after the first render. */
const REST = 1500;

/**
 * Null until the part is there. Where it is wanted it is fetched at once; `failed` is called where
 * it is wanted and does not come.
 */
export function useAtRest<Part>(
  load: () => Promise<Part>,
  wanted: boolean,
  failed: () => void,
): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (part !== null) return;
    const timer = setTimeout(() => {
      load().then((loaded) => setPart(() => loaded), () => wanted && failed());
    }, wanted ? 0 : REST);
    return () => clearTimeout(timer);
  }, [wanted, part]);
  return part;
}
