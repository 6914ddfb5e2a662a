/** Loads the rest of a conversation; named once, so that it is fetched once for all. */
export const loadRest = () => import("./rest.ts");
