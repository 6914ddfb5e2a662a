/** What every view of a file is given: the file, and the message that holds it. */
export type { ShownFile as FileProps } from "../view.ts";
