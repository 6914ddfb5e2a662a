/** Loads what makes writing comfortable; named once, so that it is fetched once for all. */
export const loadTools = async () => (await import("./ComposerTools.tsx")).ComposerTools;
