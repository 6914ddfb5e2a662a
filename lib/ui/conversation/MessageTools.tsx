/** The actions on a message: next to it with a mouse or keyboard; a sheet on touch screens. */
import { type DraftKey, draftKey } from "../../client/draft.ts";
import type { Message } from "../../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite, type Standing } from "../../protocol/permissions.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { canBeDescribed } from "../files/kinds.ts";
import { messageFacts } from "../rights.ts";
import { copyAndSay } from "../parts/copying.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { Menu } from "../parts/Menu.tsx";
import type { MenuItem } from "../parts/menu_items.ts";
import { type DialogView, useDialogView } from "../dialog_view.ts";
import { attempt, placePath, type View } from "../view.ts";
import { useActive } from "./active.ts";
import { startEdit, startReply } from "./composing.ts";
import { startQuote } from "./quoting.ts";

export const QUICK_EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "🙏"];

export function MessageTools({ message, facts }: { message: Message; facts: Standing }) {
  const view = useDialogView();
  const { words, dialog } = view;
  const { pinned, tapped } = useActive();
  const writable = mayWrite(facts) === "allowed";
  function onToggle(open: boolean) {
    pinned.value = open ? message.id : null;
    if (!open) tapped.value = null;
  }
  return (
    <div class="tools">
      {writable && (
        <>
          <IconButton
            icon="smile"
            label={words.message.react}
            title={words.message.react}
            onClick={() => dialog.value = { kind: "emoji", message }}
          />
          <IconButton
            icon="reply"
            label={words.messageMenu.reply}
            title={words.messageMenu.reply}
            onClick={() => startReply(view, message, homeOf(view, message))}
          />
        </>
      )}
      {mayOpenThread(view, message, facts) && (
        <IconButton
          icon="thread"
          label={words.thread.open}
          title={words.thread.open}
          onClick={() => openThread(view, message)}
        />
      )}
      <Menu
        label={words.messageMenu.actions}
        icon="more"
        startOpen={tapped.value === message.id}
        onToggle={onToggle}
        top={writable ? (close) => <QuickEmoji message={message} close={close} /> : undefined}
        groups={menuGroups(view, message, facts)}
      />
    </div>
  );
}

function QuickEmoji({ message, close }: { message: Message; close: () => void }) {
  const view = useDialogView();
  const { words, actions, state } = view;
  return (
    <div class="quick-emoji">
      {QUICK_EMOJI.map((emoji) => {
        const on = message.reactions[emoji]?.includes(state.me.value.id) ?? false;
        return (
          <button
            key={emoji}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={on ? "emoji-button on" : "emoji-button"}
            aria-label={words.messageMenu.reactWith(emoji)}
            onClick={() => {
              close();
              void attempt(view, () => actions.react(message.id, emoji, !on));
            }}
          >
            {emoji}
          </button>
        );
      })}
    </div>
  );
}

function menuGroups(view: DialogView, message: Message, facts: Standing): { items: MenuItem[] }[] {
  const { words, state, dialog, actions } = view;
  const about = messageFacts(message, state.me.value);
  const items = answers(view, message, facts);
  if (mayEdit(facts, about) === "allowed") {
    items.push({
      label: words.message.edit,
      icon: "edit",
      run: () => startEdit(view, message, homeOf(view, message)),
    });
    if (message.files.some(canBeDescribed)) items.push(describeItem(view, message));
  }
  const saved = state.saved.value.has(message.id);
  items.push({
    label: saved ? words.messageMenu.unsave : words.messageMenu.save,
    icon: "bookmark",
    run: () => void attempt(view, () => actions.save(message.id, !saved)),
  });
  items.push({
    label: words.messageMenu.remind,
    icon: "clock",
    run: () => dialog.value = { kind: "remind", message: message.id },
  });
  if (view.thread === null && !about.isAuthor && message.seq <= readSeqOf(view, message.room)) {
    items.push({
      label: words.messageMenu.markUnread,
      icon: "unread",
      run: () => void attempt(view, () => actions.markUnread(message.room, message.seq)),
    });
  }
  if (facts.kind === "direct" && about.isAuthor) items.push(seenItem(view, message));
  items.push({
    label: words.messageMenu.copyLink,
    icon: "link",
    run: () => copyLink(view, message),
  });
  if (mayDelete(facts, about) !== "allowed") return [{ items }];
  return [{ items }, {
    items: [{
      label: words.messageMenu.delete,
      icon: "trash",
      danger: true,
      run: () => {
        dialog.value = {
          kind: "confirm",
          title: words.messageMenu.deleteTitle,
          text: words.messageMenu.deleteText,
          action: words.messageMenu.delete,
          run: () => removeMessage(view, message.id),
        };
      },
    }],
  }];
}

function describeItem({ words, dialog }: DialogView, message: Message): MenuItem {
  return {
    label: words.messageMenu.describe,
    icon: "picture",
    run: () => dialog.value = { kind: "describe", message },
  };
}

function seenItem({ language, dialog }: View, message: Message): MenuItem {
  const { title } = dialogWords(language).seen;
  return { label: title, icon: "check", run: () => dialog.value = { kind: "seen", message } };
}

/** For a while it can be taken back. */
async function removeMessage(view: DialogView, message: number): Promise<void> {
  const { actions, toast, words } = view;
  await actions.remove(message);
  toast.value = {
    text: words.messageMenu.deletedNow,
    undo: () => void attempt(view, () => actions.restore(message)),
  };
}

/** Ways to answer it. */
function answers(view: DialogView, message: Message, facts: Standing): MenuItem[] {
  const { words, dialog } = view;
  const items: MenuItem[] = [];
  if (mayWrite(facts) === "allowed") {
    items.push({
      label: words.messageMenu.anyEmoji,
      icon: "smile",
      run: () => dialog.value = { kind: "emoji", message },
    }, {
      label: words.messageMenu.reply,
      icon: "reply",
      run: () => startReply(view, message, homeOf(view, message)),
    }, {
      label: words.messageMenu.quote,
      icon: "quote",
      run: () => void startQuote(view, message),
    });
  }
  if (mayOpenThread(view, message, facts)) {
    items.push({
      label: words.thread.open,
      icon: "thread",
      run: () => openThread(view, message),
    });
  }
  return items;
}

function readSeqOf({ state }: View, room: number): number {
  return state.rooms.value.get(room)?.membership.readSeq ?? 0;
}

/** Where it is answered or changed: in the composer of the views that it stands in. */
function homeOf({ thread }: View, { room }: Message): DraftKey {
  return draftKey(room, thread);
}

/** Who may not write reads on: where nothing was answered there is nothing to open. */
function mayOpenThread({ thread }: View, message: Message, facts: Standing): boolean {
  if (thread !== null) return false;
  return mayWrite(facts) === "allowed" || message.thread !== null || message.replies !== null;
}

function openThread({ pane }: View, { id, room, seq, thread }: Message): void {
  pane.value = thread === null
    ? { kind: "thread", room, root: id }
    : { kind: "thread", room, root: thread, seq };
}

function copyLink(view: DialogView, message: Message): void {
  const path = placePath({ room: message.room, seq: message.seq });
  void copyAndSay(view, new URL(path, location.origin).href, view.words.messageMenu.copied);
}
