/** Plans something: the message that is being written, a reminder, another time for either. */
import { useEffect, useRef, useState } from "preact/hooks";
import { EMPTY_DRAFT } from "../../client/draft.ts";
import { failureCode } from "../../client/request_error.ts";
import { useDialogView } from "../dialog_view.ts";
import { cleanText } from "../../protocol/text.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { timesToRemind, timesToSend } from "./when.ts";
import { attempt, type DialogState } from "../view.ts";
import { WhenDialog } from "./WhenDialog.tsx";

type Of<Kind extends DialogState["kind"]> =
  & Omit<Extract<DialogState, { kind: Kind }>, "kind">
  & { onClose(): void };

/** What is in the composer; it stays there until the server has it. */
export function ScheduleDialog({ room, home, thread, only, onClose }: Of<"schedule">) {
  const { words, actions, state } = useDialogView();
  // One for all tries, so that a lost answer makes no second message.
  const clientId = useRef<string | null>(null);
  // There when it is needed, even if the connection is gone by then.
  useEffect(() => void actions.later().catch(() => {}), []);
  async function schedule(at: Timestamp): Promise<void> {
    const draft = state.drafts.peek().get(home) ?? EMPTY_DRAFT;
    const text = cleanText(draft.text).trim();
    const replyTo = draft.replyTo?.id ?? thread;
    // Its files as well: what has not arrived yet is waited for.
    const files = state.attachments.peek().has(home) ? await actions.filesReady(home) : [];
    const later = await actions.later();
    clientId.current ??= later.newClientId();
    const message = { room, clientId: clientId.current, text, replyTo, at };
    const plan = (files: number[]) =>
      later.schedule({
        ...message,
        ...(only && { threadOnly: true as const }),
        ...(files.length > 0 && { files }),
      });
    try {
      await plan(files);
    } catch (error) {
      // The server may have dropped files that waited for long.
      if (files.length === 0 || failureCode(error) !== "invalid") throw error;
      await plan(await actions.filesReady(home, true));
    }
    if (files.length > 0) actions.attachmentsSent(home);
    // What was typed meanwhile is another message.
    const now = state.drafts.peek().get(home) ?? EMPTY_DRAFT;
    if (cleanText(now.text).trim() === text) actions.changeDraft(home, { text: "", replyTo: null });
  }
  return (
    <WhenDialog
      title={words.later.sendLater}
      choices={timesToSend}
      action={words.later.schedule}
      run={schedule}
      done={words.later.willBeSent}
      onClose={onClose}
    />
  );
}

export function RemindDialog({ message, onClose }: Of<"remind">) {
  const view = useDialogView();
  const { words, actions, toast } = view;
  const [at, setAt] = useState<Timestamp>();
  useEffect(() => {
    // Whether there is one already; without an answer it is asked as of a new one.
    actions.later().then((later) => later.list()).then(
      ({ reminders }) => setAt(reminders.find((each) => each.message.id === message)?.at),
      () => {},
    );
  }, []);
  async function drop(): Promise<void> {
    if (!await attempt(view, async () => (await actions.later()).dismiss(message))) return;
    toast.value = words.later.removed;
    onClose();
  }
  return (
    <WhenDialog
      key={at}
      title={words.later.remindMe}
      choices={timesToRemind}
      action={words.later.setReminder}
      at={at !== undefined && at > Date.now() ? at : undefined}
      run={async (at) => (await actions.later()).remind(message, at)}
      done={words.later.willRemind}
      onClose={onClose}
    >
      {at !== undefined && (
        <button
          type="button"
          class="button small"
          onClick={() => void drop()}
        >
          {words.later.dropReminder}
        </button>
      )}
    </WhenDialog>
  );
}

/** Another time for what is planned. */
export function MoveDialog({ of, at, run, onClose }: Of<"when">) {
  const { words } = useDialogView();
  return (
    <WhenDialog
      title={words.later.anotherTime}
      choices={of === "send" ? timesToSend : timesToRemind}
      action={words.later.change}
      at={at}
      run={run}
      done={of === "send" ? words.later.willBeSent : words.later.willRemind}
      onClose={onClose}
    />
  );
}
