/** All that shows the files of messages and what they link to, fetched as one part: see `shown_on_demand.ts`. */
export { dressed } from "../text/dressed.ts";
export { MessageFiles } from "./MessageFiles.tsx";
export { placeStandIns } from "./stand_ins.ts";
