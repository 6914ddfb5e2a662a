/**
 * What a store must do: everything that outlives the process, one call per operation.
 *
 * Guarantees, the same for every implementation (tests/contract/ holds them to it):
 *
 * - A method that writes resolves after its transaction is durable, never before.
 * - Rules about people and rooms are asked inside the transaction (`protocol/permissions.ts`), so
 *   that a removal that has committed binds every later write. What the caller may not know about
 *   fails with `not_found`, what it may not do with `forbidden`; so does everything a disabled
 *   account asks for. A method without a user checks no rule: it is for the program itself.
 * - Every change of a message raises its room's `head` by exactly 1 in the same transaction.
 * - What was committed is passed to `onCommit` in commit order, before any caller's promise
 *   settles: a removed user is gone from the hub before the remover is answered.
 * - A snapshot holds nothing that was not passed to `onCommit` before it settles, but where the disk
 *   hangs.
 *
 * Time comes in as `now` (ms since the epoch). A store knows no sockets, no HTTP, and of passwords
 * only hashes.
 */
import type { Change } from "./changes.ts";
import type { Accounts } from "./contract/accounts.ts";
import type { Audit } from "./contract/audit.ts";
import type { Avatars } from "./contract/avatars.ts";
import type { CustomEmojis } from "./contract/custom_emoji.ts";
import type { Devices } from "./contract/devices.ts";
import type { Drafts } from "./contract/drafts.ts";
import type { Emails } from "./contract/emails.ts";
import type { Files } from "./contract/files.ts";
import type { Health } from "./contract/health.ts";
import type { Hearing } from "./contract/heard.ts";
import type { History } from "./contract/history.ts";
import type { Invites } from "./contract/invites.ts";
import type { Jobs } from "./contract/jobs.ts";
import type { JoinRequests } from "./contract/join_requests.ts";
import type { Letters } from "./contract/letters.ts";
import type { Links } from "./contract/links.ts";
import type { Listing } from "./contract/listing.ts";
import type { Members } from "./contract/members.ts";
import type { Messages } from "./contract/messages.ts";
import type { Meta } from "./contract/meta.ts";
import type { Oidc } from "./contract/oidc.ts";
import type { Passkeys } from "./contract/passkeys.ts";
import type { People } from "./contract/people.ts";
import type { Reactions } from "./contract/reactions.ts";
import type { Reading } from "./contract/reading.ts";
import type { Recovery } from "./contract/recovery.ts";
import type { Reminders } from "./contract/reminders.ts";
import type { RoomPictures } from "./contract/room_pictures.ts";
import type { Rooms } from "./contract/rooms.ts";
import type { Lookup } from "./contract/lookup.ts";
import type { Saved } from "./contract/saved.ts";
import type { ScheduledMessages } from "./contract/scheduled.ts";
import type { Seeing } from "./contract/seen.ts";
import type { SecondFactors } from "./contract/second_factor.ts";
import type { Sessions } from "./contract/sessions.ts";
import type { Staff } from "./contract/staff.ts";
import type { Statuses } from "./contract/status.ts";
import type { Sync } from "./contract/sync.ts";
import type { Threads } from "./contract/threads.ts";
import type { Typing } from "./contract/typing.ts";
import type { Undo } from "./contract/undo.ts";
import type { Versions } from "./contract/versions.ts";
import type { Workspace } from "./contract/workspace.ts";

export type { Change } from "./changes.ts";

export interface StoreOptions {
  /** Called with what one transaction committed, in order, synchronously. Must not throw. */
  onCommit(changes: Change[]): void;
}

export interface Store
  extends
    Accounts,
    Audit,
    Avatars,
    CustomEmojis,
    Devices,
    Drafts,
    Emails,
    Files,
    Health,
    Hearing,
    History,
    Invites,
    Jobs,
    JoinRequests,
    Letters,
    Links,
    Listing,
    Members,
    Messages,
    Meta,
    Oidc,
    Passkeys,
    People,
    Reactions,
    Reading,
    Recovery,
    Reminders,
    RoomPictures,
    Rooms,
    Lookup,
    Saved,
    ScheduledMessages,
    SecondFactors,
    Sessions,
    Seeing,
    Staff,
    Statuses,
    Sync,
    Threads,
    Typing,
    Undo,
    Versions,
    Workspace {
  close(): Promise<void>;
}
