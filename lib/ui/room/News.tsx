/** The place of what everybody should see at once, which is fetched when there is something to tell. */
import { useAtRest } from "../parts/at_rest.ts";
import { laterStyles } from "../parts/later_styles.ts";

async function loadLines() {
  const [{ NewsLines }] = await Promise.all([import("./NewsLines.tsx"), laterStyles()]);
  return NewsLines;
}

export function News() {
  const Lines = useAtRest(loadLines, true);
  return Lines && <Lines />;
}
