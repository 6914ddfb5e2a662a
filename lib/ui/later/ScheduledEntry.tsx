/** A message that waits to be sent, or could not be: its text, its time, and what can be done. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type DraftKey, draftThread } from "../../client/draft.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Scheduled } from "../../protocol/scheduled.ts";
import { cleanText, textFault } from "../../protocol/text.ts";
import { useDialogView } from "../dialog_view.ts";
import { Menu } from "../parts/Menu.tsx";
import { Name } from "../parts/Name.tsx";
import { messageLines } from "../files/in_lines.ts";
import { attempt, titleOf } from "../view.ts";
import { Moment } from "./Moment.tsx";

export function ScheduledEntry({ scheduled }: { scheduled: Scheduled }) {
  const view = useDialogView();
  const { words, state } = view;
  const editing = useSignal(false);
  const room = state.rooms.value.get(scheduled.room);
  const { failed, at } = scheduled;
  return (
    <li class="later-entry">
      <div class="later-head">
        <p class="handle grow">
          {room ? <Name>{titleOf(view, room)}</Name> : words.later.elsewhere}
          {" · "}
          <Moment at={at} />
        </p>
        {!editing.value && <Acts scheduled={scheduled} edit={() => editing.value = true} />}
      </div>
      {failed && <p class="field-error">{words.later.reasons[reasonOf(failed.code)]}</p>}
      {editing.value
        ? <EditText scheduled={scheduled} close={() => editing.value = false} />
        : <p class="later-text" dir="auto">{messageLines(scheduled, words)}</p>}
    </li>
  );
}

function reasonOf(code: ErrorCode): "gone" | "refused" | "conflict" | "other" {
  switch (code) {
    case "forbidden":
    case "not_found":
      return "gone";
    case "invalid":
      return "refused";
    case "conflict":
      return "conflict";
    default:
      return "other";
  }
}

function Acts({ scheduled, edit }: { scheduled: Scheduled; edit(): void }) {
  const view = useDialogView();
  const { words, actions, dialog, pane, state, toast } = view;
  const { id, at, files, room } = scheduled;
  const mayWrite = state.rooms.value.get(room)?.archived === false;
  async function sendNow(): Promise<void> {
    const went = await attempt(view, async () => (await actions.later()).sendNow(id));
    if (went) toast.value = words.later.sent;
  }
  async function takeBack(): Promise<void> {
    let home: DraftKey = room;
    const run = async () => home = await (await actions.later()).takeBack(scheduled);
    if (!await attempt(view, run)) return;
    const root = draftThread(home);
    view.navigate({ room });
    pane.value = root === null ? null : { kind: "thread", room, root };
  }
  function remove(): void {
    dialog.value = {
      kind: "confirm",
      title: words.later.removeTitle,
      text: files.length > 0 ? words.later.removeWithFiles : words.later.removeText,
      action: words.later.remove,
      run: async () => (await actions.later()).cancel(id),
    };
  }
  function move(): void {
    dialog.value = {
      kind: "when",
      of: "send",
      at,
      run: async (at) => (await actions.later()).change(id, { at }),
    };
  }
  return (
    <Menu
      label={words.later.acts}
      icon="more"
      groups={[{
        items: [
          { label: words.later.sendNow, icon: "send", run: () => void sendNow() },
          { label: words.later.time, icon: "clock", run: move },
          { label: words.later.editText, icon: "edit", run: edit },
          ...(mayWrite
            ? [{
              label: words.attachments.takeBack,
              icon: "reply" as const,
              run: () => void takeBack(),
            }]
            : []),
        ],
      }, {
        items: [{ label: words.later.remove, icon: "trash", danger: true, run: remove }],
      }]}
    />
  );
}

function EditText({ scheduled, close }: { scheduled: Scheduled; close(): void }) {
  const view = useDialogView();
  const { words, actions, dialog } = view;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSignal(scheduled.text);
  useEffect(() => field.current?.focus(), []);
  const clean = cleanText(text.value).trim();
  async function save(): Promise<void> {
    const { id } = scheduled;
    if (await attempt(view, async () => (await actions.later()).change(id, { text: clean }))) {
      close();
    }
  }
  /** Nobody mentions a crowd by mistake. */
  function askFirst(): void {
    const { room, text: before } = scheduled;
    dialog.value = { kind: "reach", room, text: clean, before, run: save };
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        askFirst();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
    >
      <textarea
        ref={field}
        class="input"
        dir="auto"
        rows={5}
        aria-label={words.later.text}
        value={text.value}
        onInput={(event) => text.value = event.currentTarget.value}
      />
      {scheduled.files.length > 0 && (
        <p class="later-text" dir="auto">{messageLines({ ...scheduled, text: "" }, words)}</p>
      )}
      <div class="later-acts">
        <button type="submit" class="button small primary" disabled={textFault(clean) !== null}>
          {words.later.save}
        </button>
        <button type="button" class="button small" onClick={close}>{words.common.cancel}</button>
      </div>
    </form>
  );
}
