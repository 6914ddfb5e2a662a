/** When the examples happen. */

/** A morning in March 2026. */
export const MORNING = 1_774_602_000_000;
