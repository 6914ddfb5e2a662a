/** The reader's own message on its way, or one that failed. */
import type { PendingMessage } from "../../client/model.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Byline } from "../parts/Byline.tsx";
import { copyAndSay } from "../parts/copying.ts";
import { useView } from "../view.ts";
import { TextBlock } from "./TextBlock.tsx";

export interface PendingItemProps {
  pending: PendingMessage;
  /** Shows the author: the others stand below. */
  first: boolean;
}

export function PendingItem({ pending, first }: PendingItemProps) {
  const { state, words } = useView();
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
          <TextBlock text={pending.text} mentions={[]} name={`${me.id} ${pending.clientId}`} />
          {pending.state === "failed"
            ? <Failed pending={pending} />
            : <p class="pending-note">{words.message.sending}</p>}
        </div>
      </div>
    </li>
  );
}

/** Why it was not sent, and what can be done with it. */
function Failed({ pending }: { pending: PendingMessage }) {
  const view = useView();
  const { words, actions } = view;
  const { clientId, error } = pending;
  function copy() {
    void copyAndSay(view, pending.text, words.message.textCopied);
  }
  const choices: [label: string, run: () => void][] = [
    [words.message.sendAgain, () => actions.resend(clientId)],
    [words.message.edit, () => actions.takeBack(clientId)],
    [words.message.copyText, copy],
    [words.message.discard, () => actions.discard(clientId)],
  ];
  return (
    <p class="failed-note" role="alert">
      <span>
        {words.message.notSent} {error && words.errors[error]}
      </span>
      {choices.map(([label, run]) => (
        <button key={label} type="button" class="link-button" onClick={run}>{label}</button>
      ))}
    </p>
  );
}
