/**
 * What shows files: on the server, and in tests, it is at hand. The browser's build puts
 * `shown_on_demand.ts` in place of this file.
 */
import * as views from "./views.ts";

export type FileViews = typeof views;

/** Null where it has to be loaded. */
export function viewsAtHand(): FileViews | null {
  return views;
}

export function loadViews(): Promise<FileViews> {
  return Promise.resolve(views);
}
