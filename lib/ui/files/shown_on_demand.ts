/**
 * What shows files, as the browser gets it: with the first message that has some, or at rest. Stands
 * in place of `shown.ts` in the browser's build.
 */
import type { FileViews } from "./shown.ts";

export function viewsAtHand(): FileViews | null {
  return null;
}

export async function loadViews(): Promise<FileViews> {
  const views = await import("./views.ts");
  views.placeStandIns(document);
  await views.dressed(document, "files");
  return views;
}
