/** Every step of the schema. Loaded where one is to be taken: most starts find the newest schema. */
import { initial } from "./0001_initial.ts";
import { fewerPages } from "./0002_fewer_pages.ts";
import { oneEmojiOneReaction } from "./0003_one_emoji_one_reaction.ts";
import { userWords } from "./0004_user_words.ts";
import { lastRoom } from "./0005_last_room.ts";
import { identityOfNames } from "./0006_identity_of_names.ts";
import { endedSessions } from "./0007_ended_sessions.ts";
import { hiddenRooms } from "./0008_hidden_rooms.ts";
import { saved } from "./0009_saved.ts";
import { events } from "./0010_events.ts";
import { lighterMessages } from "./0011_lighter_messages.ts";
import { audit } from "./0012_audit.ts";
import { secondFactor } from "./0013_second_factor.ts";
import { recovery } from "./0014_recovery.ts";
import { workspace } from "./0015_workspace.ts";
import { invites } from "./0016_invites.ts";
import { oidc } from "./0017_oidc.ts";
import { devices } from "./0018_devices.ts";
import { joinRequests } from "./0019_join_requests.ts";
import { emails } from "./0020_emails.ts";
import { passkeys } from "./0021_passkeys.ts";
import { staff } from "./0022_staff.ts";
import { workspaceLogo } from "./0023_workspace_logo.ts";
import { namedRooms } from "./0024_named_rooms.ts";
import { favourites } from "./0025_favourites.ts";
import { statuses } from "./0026_statuses.ts";
import { groupMentions } from "./0027_group_mentions.ts";
import { later } from "./0028_later.ts";
import { versions } from "./0029_versions.ts";
import { threads } from "./0030_threads.ts";
import { seen } from "./0031_seen.ts";
import { drafts } from "./0032_drafts.ts";
import { customEmoji } from "./0033_custom_emoji.ts";
import { files } from "./0034_files.ts";
import { links } from "./0035_links.ts";
import { pictures } from "./0036_pictures.ts";
import { heard } from "./0037_heard.ts";
import type { Migration } from "./migration.ts";

/** In order; `version` is the index in this list, counted from 1. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  fewerPages,
  oneEmojiOneReaction,
  userWords,
  lastRoom,
  identityOfNames,
  endedSessions,
  hiddenRooms,
  saved,
  events,
  lighterMessages,
  audit,
  secondFactor,
  recovery,
  workspace,
  invites,
  oidc,
  devices,
  joinRequests,
  emails,
  passkeys,
  staff,
  workspaceLogo,
  namedRooms,
  favourites,
  statuses,
  groupMentions,
  later,
  versions,
  threads,
  seen,
  drafts,
  customEmoji,
  files,
  links,
  pictures,
  heard,
];
