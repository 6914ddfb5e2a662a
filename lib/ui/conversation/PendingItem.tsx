/** A message of one's own on its way, or one that did not get there. */
import type { PendingMessage } from "../../client/model.ts";
import { copyText } from "../clipboard.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Byline } from "../parts/Byline.tsx";
import { attempt, useView } from "../view.ts";
import { TextBlock } from "./TextBlock.tsx";

export interface PendingItemProps {
  pending: PendingMessage;
  /** Shows the author: the others stand below. */
  first: boolean;
}

export function PendingItem({ pending, first }: PendingItemProps) {
  const view = useView();
  const { state, words, actions } = view;
  const me = state.me.value;
  const name = me.displayName || me.username;
  const failed = pending.state === "failed";
  function copy() {
    void attempt(view, async () => {
      await copyText(pending.text);
      view.toast.value = words.message.textCopied;
    });
  }
  return (
    <li>
      <div class={`message${first ? " run" : ""} ${pending.state}`}>
        <div class="gutter">{first && <Avatar id={me.id} name={name} picture={me.avatar} />}</div>
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
          {!failed && <p class="pending-note">{words.message.sending}</p>}
          {failed && (
            <p class="failed-note" role="alert">
              <span>
                {words.message.notSent} {pending.error && words.errors[pending.error]}
              </span>
              <button
                type="button"
                class="link-button"
                onClick={() => actions.resend(pending.clientId)}
              >
                {words.message.sendAgain}
              </button>
              <button
                type="button"
                class="link-button"
                onClick={() => actions.takeBack(pending.clientId)}
              >
                {words.message.edit}
              </button>
              <button type="button" class="link-button" onClick={copy}>
                {words.message.copyText}
              </button>
              <button
                type="button"
                class="link-button"
                onClick={() => actions.discard(pending.clientId)}
              >
                {words.message.discard}
              </button>
            </p>
          )}
        </div>
      </div>
    </li>
  );
}
