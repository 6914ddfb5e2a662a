/** What is shown as a message's text, whichever way it is shown. */
import type { GroupMention } from "../../protocol/group_mentions.ts";

export interface MessageTextProps {
  text: string;
  /** Ids of the users that the server found mentioned in it. */
  mentions: readonly number[];
  /** Of many at once. */
  group?: GroupMention | undefined;
}
