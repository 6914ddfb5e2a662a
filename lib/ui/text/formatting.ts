/** What shows markup, loaded as one part: see `at_hand.ts`. */
export { dressed } from "./dressed.ts";
export { Formatted } from "./Formatted.tsx";
