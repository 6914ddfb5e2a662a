/** Every operation of the store by its name: what each feature's file exports, and nothing else. */
import * as accounts from "./accounts.ts";
import * as audit from "./audit.ts";
import * as avatars from "./avatars.ts";
import * as customEmoji from "./custom_emoji.ts";
import * as devices from "./devices.ts";
import * as drafts from "./drafts.ts";
import * as emails from "./emails.ts";
import * as files from "./files.ts";
import * as health from "./health.ts";
import * as heard from "./heard.ts";
import * as history from "./history.ts";
import * as invites from "./invites.ts";
import * as jobs from "./jobs.ts";
import * as joinRequests from "./join_requests.ts";
import * as letters from "./letters.ts";
import * as links from "./links.ts";
import * as listing from "./listing.ts";
import * as members from "./members.ts";
import * as messages from "./messages.ts";
import * as meta from "./meta.ts";
import * as oidc from "./oidc.ts";
import type { OperationName, OperationTable } from "./operation.ts";
import * as passkeys from "./passkeys.ts";
import * as people from "./people.ts";
import * as reactions from "./reactions.ts";
import * as reading from "./reading.ts";
import * as recovery from "./recovery.ts";
import * as reminders from "./reminders.ts";
import * as roomPictures from "./room_pictures.ts";
import * as rooms from "./rooms.ts";
import * as lookup from "./lookup.ts";
import * as saved from "./saved.ts";
import * as scheduled from "./scheduled.ts";
import * as second_factor from "./second_factor.ts";
import * as seen from "./seen.ts";
import * as sessions from "./sessions.ts";
import * as staff from "./staff.ts";
import * as status from "./status.ts";
import * as sync from "./sync.ts";
import * as threads from "./threads.ts";
import * as typing from "./typing.ts";
import * as undo from "./undo.ts";
import * as versions from "./versions.ts";
import * as workspace from "./workspace.ts";

const JOINED = {
  ...accounts,
  ...audit,
  ...avatars,
  ...customEmoji,
  ...devices,
  ...drafts,
  ...emails,
  ...files,
  ...health,
  ...heard,
  ...history,
  ...invites,
  ...jobs,
  ...joinRequests,
  ...letters,
  ...links,
  ...listing,
  ...members,
  ...messages,
  ...meta,
  ...oidc,
  ...passkeys,
  ...people,
  ...reactions,
  ...reading,
  ...recovery,
  ...reminders,
  ...roomPictures,
  ...rooms,
  ...lookup,
  ...saved,
  ...scheduled,
  ...second_factor,
  ...seen,
  ...sessions,
  ...staff,
  ...status,
  ...sync,
  ...threads,
  ...typing,
  ...undo,
  ...versions,
  ...workspace,
} satisfies OperationTable;

/** Exports of a feature's file that are not operations: they belong in another file. */
type Foreign = Exclude<keyof typeof JOINED, OperationName>;

/**
 * The compiler checks it against the store's interface: no operation is missing, and there is
 * nothing else.
 */
export const OPERATIONS: OperationTable & Record<Foreign, never> = JOINED;
