/**
 * What the program finds by path: its folder, the entry of its database's Worker.
 * Run from its sources, they are here; the bundle that `build_server.ts` makes has another module
 * in the place of this one, with the same exports. It knows no more than where things are.
 */
/** The project's folder: dist/ and static/ are in it. */
export const ROOT = new URL("../../", import.meta.url);

export const DATABASE_WORKER = new URL("../store/sqlite/worker.ts", import.meta.url);
