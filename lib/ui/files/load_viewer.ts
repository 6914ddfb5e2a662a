/** Loads what opens above the chat; named once, so that it is fetched once for all. */
export const loadViewer = () => import("./viewer/Viewer.tsx");
