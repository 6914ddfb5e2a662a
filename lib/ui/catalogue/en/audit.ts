/** The page of the audit log, in English. */
import type { AuditAction, AuditActor, AuditArea, AuditTarget } from "../../../protocol/audit.ts";

const areas: Record<AuditArea, string> = {
  people: "People",
  invites: "Invitations",
  workspace: "Settings",
  audit: "Audit log",
};

const actions: Record<AuditAction, string> = {
  "user.role": "Role changed",
  "user.disabled": "Account disabled",
  "user.enabled": "Account enabled",
  "user.signed_out": "Signed out everywhere",
  "user.erased": "Person erased",
  "owner.handed_over": "Ownership handed over",
  "user.password": "New password given",
  "user.reset_link": "Link for a new password made",
  "user.reset": "Password set anew by a link",
  "workspace.set": "Setting changed",
  "invite.made": "Invitation made",
  "invite.revoked": "Invitation revoked",
  "invite.used": "Came by an invitation",
  "request.accepted": "Request to join accepted",
  "request.refused": "Request to join refused",
  "connection.added": "Account elsewhere linked",
  "connection.removed": "Account elsewhere unlinked",
  "factor.on": "Second factor turned on",
  "factor.off": "Second factor turned off",
  "factor.codes": "New recovery codes made",
  "user.factors": "All second factors taken off",
  "email.proven": "E-mail address confirmed",
  "email.removed": "E-mail address removed",
  "passkey.added": "Passkey added",
  "passkey.removed": "Passkey removed",
  "passkey.after_password": "Passkey after the password switched",
  "audit.exported": "Audit log downloaded",
};

const actors: Record<Exclude<AuditActor["kind"], "user">, string> = {
  operator: "Operator, on the server",
  program: "The program itself",
  stranger: "Somebody who was not signed in",
};

const targets: Record<Exclude<AuditTarget["kind"], "user">, string> = {
  room: "room",
  invite: "invitation",
  request: "request",
  setting: "setting",
  provider: "provider",
};

/** Of values and of what they are values of; others are shown as they are. */
const names: Record<string, string> = {
  owner: "owner",
  admin: "admin",
  member: "member",
  guest: "guest",
  bot: "bot",
  role: "role",
  rooms: "rooms",
  uses: "uses",
  used: "used",
  expiresAt: "until",
  maker: "made by user no.",
  account: "account",
  new: "new",
  existing: "existing",
  link: "link by",
  staff: "staff",
  operator: "operator",
  mail: "e-mail",
  provider: "provider",
  kind: "kind",
  totp: "authenticator app",
  passkey: "passkey",
  texts: "messages",
  keep: "kept",
  take: "taken away",
  free: "free again",
  username: "username",
  format: "format",
  csv: "CSV",
  json: "JSON",
};

export const audit = {
  lead:
    "Who did what to whom, and from where. Entries are only ever added: nobody can change them or take them away.",
  areas,
  actions,
  actors,
  targets,
  names,
  bool: { yes: "yes", no: "no" },
  who: "Who",
  whom: "To whom",
  what: "What",
  since: "From",
  until: "To",
  anybody: "username",
  anything: "Anything",
  nobody: "Nobody has this username.",
  none: "Nothing of this kind was recorded.",
  older: "Earlier",
  takeAway: "Download what was found:",
  asTable: "as a table (CSV)",
  asData: "for programs (JSON)",
};
