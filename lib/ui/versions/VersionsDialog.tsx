/** What an edited message said before: the newest first, each with what it changed. */
import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import type { MessageVersion } from "../../protocol/versions.ts";
import { formatMoment } from "../dates.ts";
import { errorText, useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { differences } from "./differences.ts";

export interface VersionsDialogProps {
  /** As it was when the dialog was opened. */
  message: Message;
  onClose: () => void;
}

export function VersionsDialog({ message: opened, onClose }: VersionsDialogProps) {
  const view = useDialogView();
  const { words, state } = view;
  const now = state.timeline.value?.messages.find(({ id }) => id === opened.id) ?? opened;
  const { versions, error } = useVersions(now);
  const all = versions && [...versions, { text: now.text, at: now.editedAt ?? now.ts }];
  return (
    <Dialog title={words.versions.title} onClose={onClose}>
      {error && <p class="form-error" role="alert">{error}</p>}
      {all === null && !error && <p class="panel-note">{words.common.loading}</p>}
      {now.deletedAt !== null
        ? <p class="panel-note">{words.message.deleted}</p>
        : all && (
          <ol class="versions" reversed>
            {all.map((version, at) => (
              <Version
                key={at}
                version={version}
                before={all[at - 1]}
                label={at === all.length - 1
                  ? words.versions.now
                  : at === 0
                  ? words.versions.first
                  : null}
              />
            )).reverse()}
          </ol>
        )}
    </Dialog>
  );
}

/** Asks again whenever the message changes. */
function useVersions({ id, rev }: Message) {
  const view = useDialogView();
  const [versions, setVersions] = useState<MessageVersion[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    view.actions.versions(id).then(
      (found) => left || (setVersions(found), setError(null)),
      (reason) => left || setError(errorText(view.words, reason)),
    );
    return () => {
      left = true;
    };
  }, [id, rev]);
  return { versions, error };
}

interface VersionProps {
  version: MessageVersion;
  before: MessageVersion | undefined;
  label: string | null;
}

function Version({ version, before, label }: VersionProps) {
  const { words, clock } = useDialogView();
  const when = formatMoment(version.at, clock.value, words.dates);
  return (
    <li>
      <p class="version-when">{label === null ? when : `${label} · ${when}`}</p>
      <p class="version-text" dir="auto">
        {differences(before?.text ?? version.text, version.text).map(({ kind, text }, at) =>
          kind === "added"
            ? <ins key={at}>{text}</ins>
            : kind === "removed"
            ? <del key={at}>{text}</del>
            : text
        )}
      </p>
    </li>
  );
}
