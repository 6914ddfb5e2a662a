/** What the reader has planned, beside the room: what is due first, then what is to come. */
import type { ComponentChildren } from "preact";
import type { Reminder } from "../../protocol/reminders.ts";
import type { Scheduled } from "../../protocol/scheduled.ts";
import { useDialogView } from "../dialog_view.ts";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { TryAgain } from "../parts/TryAgain.tsx";
import { ReminderEntry } from "./ReminderEntry.tsx";
import { ScheduledEntry } from "./ScheduledEntry.tsx";
import { useLater } from "./use_later.ts";

export function LaterPane() {
  const { words } = useDialogView();
  const loaded = useLater();
  return (
    <PaneFrame name="later" label={words.later.link} heading={<h2>{words.later.link}</h2>}>
      <div class="members-scroll later-list">
        {loaded.state === "loading" && <p class="panel-note">{words.common.loading}</p>}
        {loaded.state === "failed" && <TryAgain error={loaded.error} again={loaded.again} />}
        {loaded.state === "loaded" && <Lists {...loaded.list} />}
      </div>
    </PaneFrame>
  );
}

function Lists({ scheduled, reminders }: {
  scheduled: readonly Scheduled[];
  reminders: readonly Reminder[];
}) {
  const { words } = useDialogView();
  if (scheduled.length + reminders.length === 0) {
    return (
      <div class="panel-note">
        <p>{words.later.empty}</p>
        <p>{words.later.emptyHint}</p>
      </div>
    );
  }
  const remind = (those: readonly Reminder[]) =>
    those.map((each) => <ReminderEntry key={each.message.id} reminder={each} />);
  const send = (those: readonly Scheduled[]) =>
    those.map((each) => <ScheduledEntry key={each.id} scheduled={each} />);
  return (
    <>
      <Part title={words.later.due}>{remind(reminders.filter(({ due }) => due))}</Part>
      <Part title={words.later.failed}>
        {send(scheduled.filter(({ failed }) => failed !== null))}
      </Part>
      <Part title={words.later.scheduled}>
        {send(scheduled.filter(({ failed }) => failed === null))}
      </Part>
      <Part title={words.later.reminders}>{remind(reminders.filter(({ due }) => !due))}</Part>
      <p class="panel-note">{words.later.onlyYou}</p>
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
