/**
 * When a conversation can be shown: with what shows its files. Placed without them, a reader would
 * see all of its texts at once, count as having read them, and be pushed to the end by the pictures.
 * It must not know where readers are placed.
 */
import { useRef, useState } from "preact/hooks";
import type { Landing, Timeline } from "../../client/model.ts";
import { loadViews, viewsAtHand } from "../files/shown.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";

/** Null where it has to wait. What has been shown once, or cannot be fetched, goes on as it is. */
export function useShowable(timeline: Timeline | null, landing: Landing): Timeline | null {
  const { mounted } = useView();
  // What the server wrote is there already.
  const shown = useRef(mounted.peek() ? null : landing);
  const [without, setWithout] = useState(false);
  const isNew = shown.current !== landing && timeline !== null && viewsAtHand() === null;
  const wanted = isNew && timeline.messages.some(({ files, links }) => files[0] ?? links[0]);
  const views = useAtRest(loadViews, wanted, () => setWithout(true));
  if (wanted && views === null && !without) return null;
  if (timeline !== null && timeline.loading !== "page") shown.current = landing;
  return timeline;
}
