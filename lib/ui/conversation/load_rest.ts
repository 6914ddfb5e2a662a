/** Loads the rest of a conversation; named once, so that it is fetched once for all. */
import { laterStyles } from "../parts/later_styles.ts";

export const loadRest = async () => (await Promise.all([import("./rest.ts"), laterStyles()]))[0];
