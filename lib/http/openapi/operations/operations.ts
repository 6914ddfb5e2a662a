/** All requests of the HTTP interface, a file for each feature. */
import type { ApiOperation } from "../operation.ts";
import { ACCOUNTS } from "./accounts.ts";
import { AVATARS } from "./avatars.ts";
import { ROOM_PICTURES } from "./room_pictures.ts";
import { AUDIT } from "./audit.ts";
import { CONFIRMING } from "./confirming.ts";
import { CUSTOM_EMOJIS } from "./custom_emoji.ts";
import { DEVICES } from "./devices.ts";
import { DRAFTS } from "./drafts.ts";
import { EMAILS } from "./emails.ts";
import { FILE_BYTES } from "./file_bytes.ts";
import { FILES } from "./files.ts";
import { HISTORY } from "./history.ts";
import { INVITES } from "./invites.ts";
import { JOIN_REQUESTS } from "./join_requests.ts";
import { LINKS } from "./links.ts";
import { LOOKUP } from "./lookup.ts";
import { MEMBERS } from "./members.ts";
import { MESSAGES } from "./messages.ts";
import { PASSKEYS } from "./passkeys.ts";
import { OIDC } from "./oidc.ts";
import { PEOPLE } from "./people.ts";
import { HEARD } from "./heard.ts";
import { READING } from "./reading.ts";
import { RECOVERY } from "./recovery.ts";
import { REMINDERS } from "./reminders.ts";
import { ROOMS } from "./rooms.ts";
import { SAVED } from "./saved.ts";
import { SCHEDULED } from "./scheduled.ts";
import { THREADS } from "./threads.ts";
import { UNDO } from "./undo.ts";
import { VERSIONS } from "./versions.ts";
import { SERVER } from "./server.ts";
import { SECOND_FACTOR } from "./second_factor.ts";
import { SESSIONS } from "./sessions.ts";
import { STAFF } from "./staff.ts";
import { SYNC } from "./sync.ts";
import { WORKSPACE } from "./workspace.ts";

export const API_OPERATIONS: readonly ApiOperation[] = [
  ...ACCOUNTS,
  ...AVATARS,
  ...SECOND_FACTOR,
  ...SESSIONS,
  ...OIDC,
  ...CONFIRMING,
  ...DEVICES,
  ...EMAILS,
  ...PASSKEYS,
  ...PEOPLE,
  ...STAFF,
  ...RECOVERY,
  ...INVITES,
  ...JOIN_REQUESTS,
  ...ROOMS,
  ...ROOM_PICTURES,
  ...MEMBERS,
  ...MESSAGES,
  ...FILES,
  ...FILE_BYTES,
  ...CUSTOM_EMOJIS,
  ...HISTORY,
  ...LOOKUP,
  ...SYNC,
  ...READING,
  ...HEARD,
  ...THREADS,
  ...SAVED,
  ...DRAFTS,
  ...SCHEDULED,
  ...REMINDERS,
  ...UNDO,
  ...LINKS,
  ...VERSIONS,
  ...AUDIT,
  ...WORKSPACE,
  ...SERVER,
];
