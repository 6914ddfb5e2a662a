/** The list of rooms, in English. */

export const sidebar = {
  label: "Rooms",
  favourites: "Favourites",
  rooms: "Rooms",
  direct: "Direct messages",
  add: "New…",
  invite: "Invite people",
  requests: "Requests to join",
  createRoom: "Create a room",
  browse: "Browse public rooms",
  newDirect: "New direct message",
  noDirect: "No conversations yet",
  more: "More conversations…",
  settings: "Settings",
  back: "Back to the list of rooms",
  unread: (count: string) => `${count} unread`,
  mentions: (count: string) => `${count} that mention you`,
  draft: "Draft",
  directFallback: "Direct message",
  justYou: (name: string) => `${name} (you)`,
  privateRoom: "Private room",
};
