/** The reader's own message on its way, or one that failed. */
import type { PendingMessage } from "../../client/model.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Byline } from "../parts/Byline.tsx";
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";
import { loadRest } from "./load_rest.ts";
import { TextBlock } from "./TextBlock.tsx";

export interface PendingItemProps {
  pending: PendingMessage;
  /** Shows the author: the others stand below. */
  first: boolean;
}

export function PendingItem({ pending, first }: PendingItemProps) {
  const { state, words } = useView();
  const hasFiles = pending.attachments.length > 0;
  const rest = useAtRest(loadRest, hasFiles || pending.state === "failed");
  const me = state.me.value;
  return (
    <li>
      <div class={`message${first ? " run" : ""} ${pending.state}`}>
        <div class="gutter">
          {first && <Avatar id={me.id} name={plainName(me)} picture={me.avatar} />}
        </div>
        <div class="message-body">
          {first && (
            <p class="byline">
              <Byline
                users={state.users.value}
                message={{ userId: me.id, username: me.username }}
              />
            </p>
          )}
          {pending.text !== "" && (
            <TextBlock text={pending.text} mentions={[]} name={`${me.id} ${pending.clientId}`} />
          )}
          {rest
            ? <rest.PendingRest pending={pending} />
            : !hasFiles && <p class="pending-note">{words.message.sending}</p>}
        </div>
      </div>
    </li>
  );
}
