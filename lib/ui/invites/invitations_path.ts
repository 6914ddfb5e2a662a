/** The address of one's own invitations, and what is said there. Pure: the chat links there, too. */

export const INVITATIONS_NOTICES = ["invited", "revoked", "otherSession"] as const;
export type InvitationsNotice = typeof INVITATIONS_NOTICES[number];

/** @param room the room that the reader came from: the way back leads there */
export function invitationsPath(
  room: number | null,
  query: Readonly<Record<string, string | number | null>> = {},
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ room, ...query })) {
    if (value !== null) parameters.set(name, String(value));
  }
  return `/invitations${parameters.size === 0 ? "" : `?${parameters}`}`;
}
