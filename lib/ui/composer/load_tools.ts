/** Loads what makes writing comfortable; named once, so that it is fetched once for all. */
import { laterStyles } from "../parts/later_styles.ts";

export const loadTools = async () =>
  (await Promise.all([import("./ComposerTools.tsx"), laterStyles()]))[0].ComposerTools;
