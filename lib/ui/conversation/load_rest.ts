/** Where the rest of a conversation comes from; by one name, so that it is fetched once for all. */
export const loadRest = () => import("./rest.ts");
