/** The room that everybody is in. */

/** The public room that every account joins. */
export const GENERAL = { id: 1, name: "general" } as const;
