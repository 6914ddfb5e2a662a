/**
 * Parts of the page that are fetched only when somebody asks for them, because they are large and
 * few need them. It must not know what they are. For what everybody needs soon: `at_rest.ts`.
 */
import { useEffect, useState } from "preact/hooks";
import { useView } from "../view.ts";

/** "failed": it could not be fetched; the next who asks tries again. */
export type OnDemand<Part> = Part | null | "failed";

/** Null until it is wanted and has loaded; later calls with the same `load` get it at once. */
export function useOnDemand<Part extends object>(
  load: () => Promise<Part>,
  wanted: boolean,
): OnDemand<Part> {
  const { fetched } = useView();
  // What is kept under a `load` is what that very `load` returned.
  const [part, setPart] = useState<OnDemand<Part>>(() =>
    (fetched.get(load) ?? null) as Part | null
  );
  useEffect(() => {
    if (!wanted || (part !== null && part !== "failed")) return;
    let isHere = true;
    load().then((loaded) => {
      fetched.set(load, loaded);
      if (isHere) setPart(() => loaded);
    }, () => isHere && setPart("failed"));
    return () => isHere = false;
  }, [wanted]);
  return part;
}
