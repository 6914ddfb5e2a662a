/**
 * The contract of the store: every implementation passes these tests, and nothing in them knows
 * which one it is.
 */
import { accountTests } from "./store/accounts.ts";
import { auditTests } from "./store/audit.ts";
import { commitTests } from "./store/commits.ts";
import { avatarTests, roomPictureTests } from "./store/avatars.ts";
import { customEmojiTests } from "./store/custom_emoji.ts";
import { deviceTests } from "./store/devices.ts";
import { draftTests } from "./store/drafts.ts";
import { emailTests } from "./store/emails.ts";
import { groupMentionTests } from "./store/group_mentions.ts";
import { fileTests } from "./store/files.ts";
import { historyTests } from "./store/history.ts";
import { inviteTests } from "./store/invites.ts";
import { joinRequestTests } from "./store/join_requests.ts";
import { keptReadTests } from "./store/kept_reads.ts";
import { letterTests } from "./store/letters.ts";
import { linkTests } from "./store/links.ts";
import { listingTests } from "./store/listing.ts";
import { memberTests } from "./store/members.ts";
import { oidcTests } from "./store/oidc.ts";
import { peopleTests } from "./store/people.ts";
import { messageTests } from "./store/messages.ts";
import { recoveryTests } from "./store/recovery.ts";
import { roomTests } from "./store/rooms.ts";
import { jobTests } from "./store/jobs.ts";
import { reminderTests } from "./store/reminders.ts";
import { lookupTests } from "./store/lookup.ts";
import { savedTests } from "./store/saved.ts";
import { scheduledTests } from "./store/scheduled.ts";
import { sendingTests } from "./store/sending.ts";
import { secondFactorTests } from "./store/second_factor.ts";
import { passkeyTests } from "./store/passkeys.ts";
import { heardTests } from "./store/heard.ts";
import { seenTests } from "./store/seen.ts";
import { sessionTests } from "./store/sessions.ts";
import { type OpenStore, Stage, type StoreTest } from "./store/stage.ts";
import { staffTests } from "./store/staff.ts";
import { statusTests } from "./store/status.ts";
import { syncTests } from "./store/sync.ts";
import { threadTests } from "./store/threads.ts";
import { readingTests } from "./store/reading.ts";
import { undoTests } from "./store/undo.ts";
import { versionsTests } from "./store/versions.ts";
import { workspaceTests } from "./store/workspace.ts";

export type { OpenStore } from "./store/stage.ts";

const GROUPS = [
  accountTests,
  passkeyTests,
  sessionTests,
  deviceTests,
  secondFactorTests,
  roomTests,
  memberTests,
  keptReadTests,
  linkTests,
  listingTests,
  peopleTests,
  sendingTests,
  messageTests,
  groupMentionTests,
  threadTests,
  readingTests,
  heardTests,
  seenTests,
  savedTests,
  jobTests,
  scheduledTests,
  reminderTests,
  draftTests,
  fileTests,
  undoTests,
  versionsTests,
  auditTests,
  staffTests,
  statusTests,
  avatarTests,
  roomPictureTests,
  customEmojiTests,
  recoveryTests,
  emailTests,
  letterTests,
  inviteTests,
  joinRequestTests,
  oidcTests,
  historyTests,
  lookupTests,
  syncTests,
  workspaceTests,
  commitTests,
];

/** Registers a test that gets what opens its store. */
export type ContractTest = (name: string, run: (open: OpenStore) => Promise<void>) => void;

/** Registers the tests; each gets a store of its own from `open`. */
export function storeContract(name: string, open: OpenStore): void {
  storeContractBy(
    name,
    (name, run) =>
      Deno.test({ name, sanitizeOps: true, sanitizeResources: true, fn: () => run(open) }),
  );
}

/** The same where a test needs more than a function that opens its store. */
export function storeContractBy(name: string, register: ContractTest): void {
  const test: StoreTest = (sentence, run) =>
    register(`${name}: ${sentence}`, (open) => withStage(open, run));
  for (const group of GROUPS) group(test);
}

async function withStage(open: OpenStore, run: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = new Stage();
  const { store, close } = await open({
    onCommit(changes) {
      stage.commits.push(changes);
      stage.onCommit(changes);
    },
  });
  stage.store = store;
  try {
    await run(stage);
  } finally {
    await close();
  }
}
