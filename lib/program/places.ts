/**
 * What the program finds by path: its folder, the entries of its Workers. When run from
 * source, they are here; the bundle that `build_server.ts` makes replaces this module with one that
 * has the same exports. It knows only where things are.
 */
/** The project's folder: dist/ and static/ are in it. */
export const ROOT = new URL("../../", import.meta.url);

export const DATABASE_WORKER = new URL("../store/sqlite/worker.ts", import.meta.url);

/** Looks at files. */
export const INSPECTOR_WORKER = new URL("../files/inspecting/worker.ts", import.meta.url);
