/** Connections, frames, deliveries, and how long they take. */
import { CLOSE, ERROR_STATUS } from "../../protocol/codes.ts";
import { by, type Family, MS_A_SECOND, one, whileUp } from "./family.ts";

/** Every code is there from the beginning: a rate needs the zero before the first. */
const NO_ERRORS = Object.keys(ERROR_STATUS).map((code) => [code, 0] as const);
const NO_DROPS = Object.values(CLOSE).map((code) => [String(code), 0] as const);

export const HUB: readonly Family[] = [
  {
    name: "confab_connections",
    type: "gauge",
    help: "Open WebSocket connections of this node.",
    labels: {
      phase: "`anonymous`: not signed in yet; `loading`: its rooms are being read; `live`; " +
        "`closing`: told to close, not yet closed",
    },
    read: ({ app }) => whileUp(app, ({ connections }) => by("phase", Object.entries(connections))),
  },
  {
    name: "confab_users_connected",
    type: "gauge",
    help: "People with at least one connection to this node. Somebody with connections to two " +
      "nodes is counted by both.",
    read: ({ app }) => whileUp(app, ({ users }) => one(users)),
  },
  {
    name: "confab_rooms_served",
    type: "gauge",
    help: "Rooms with at least one member connected to this node.",
    read: ({ app }) => whileUp(app, ({ rooms }) => one(rooms)),
  },
  {
    name: "confab_connections_opened_total",
    type: "counter",
    help: "WebSocket connections accepted.",
    read: ({ counts }) => one(counts.hub.opened),
  },
  {
    name: "confab_connections_dropped_total",
    type: "counter",
    help: "Connections ended by the server: too slow (1013), silent (4408), flooding (4429), " +
      "signed out (4401), a restart (1012).",
    labels: { code: "WebSocket close code" },
    read: ({ counts }) => by("code", new Map([...NO_DROPS, ...counts.hub.dropped])),
  },
  {
    name: "confab_frames_received_total",
    type: "counter",
    help: "Frames from clients.",
    labels: { type: "the frame's `type`, or `invalid`" },
    read: ({ counts }) => by("type", counts.hub.received),
  },
  {
    name: "confab_errors_total",
    type: "counter",
    help: "Frames and requests that were refused or failed. Only `internal` is always a bug, and " +
      "`unavailable` an outage; the others are mostly mistakes or limits of clients.",
    labels: { code: "the error's code (docs/protocol.md)", way: "`socket` or `http`" },
    read: ({ counts }) =>
      (["socket", "http"] as const).flatMap((way) => {
        const seen = way === "socket" ? counts.hub.errors : counts.http.errors;
        return [...new Map([...NO_ERRORS, ...seen])]
          .map(([code, value]) => ({ labels: { code, way }, value }));
      }),
  },
  {
    name: "confab_frames_sent_total",
    type: "counter",
    help: "Frames handed to sockets. Under load a frame carries many events.",
    read: ({ counts }) => one(counts.hub.frames),
  },
  {
    name: "confab_frames_sent_characters_total",
    type: "counter",
    help: "Characters in the frames handed to sockets (UTF-16 units, before compression).",
    read: ({ counts }) => one(counts.hub.characters),
  },
  {
    name: "confab_messages_told_total",
    type: "counter",
    help: "Messages heard by this node, from itself and other nodes; also edits, deletions and " +
      "reactions.",
    read: ({ counts }) => one(counts.hub.messages),
  },
  {
    name: "confab_deliveries_total",
    type: "counter",
    help: "Messages times the connections of this node that they go to.",
    read: ({ counts }) => one(counts.hub.deliveries),
  },
  {
    name: "confab_frame_delay_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From the queueing of the oldest event in a frame until the frame is handed to the " +
      "socket. A connection that is catching up holds its events back, which is included.",
    read: ({ counts }) => [{ spread: counts.hub.frameDelay }],
  },
  {
    name: "confab_send_ack_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From the arrival of a `send` frame until the frame with its ack is handed to the " +
      "socket: the rules, the commit and the queue.",
    read: ({ counts }) => [{ spread: counts.hub.ack }],
  },
  {
    name: "confab_send_screen_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From the arrival of a `send` frame until its message is handed to the sockets of the " +
      "room's members on this node. Connections that are catching up are not waited for.",
    labels: { screen: "`first` or `last`" },
    read: ({ counts: { hub } }) => [
      { labels: { screen: "first" }, spread: hub.firstScreen },
      { labels: { screen: "last" }, spread: hub.lastScreen },
    ],
  },
  {
    name: "confab_remote_screen_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "The same for messages sent on other nodes: from the message's `ts`, by that node's " +
      "clock, until the last socket here, by this node's clock. It is as true as the clocks are " +
      "alike; negative durations count as 0.",
    read: ({ counts }) => [{ spread: counts.hub.remoteScreen }],
  },
  {
    name: "confab_sync_requests_total",
    type: "counter",
    help: "Frames that ask what was missed: rises after a restart or an outage.",
    read: ({ counts }) => one(counts.hub.syncRequests),
  },
  {
    name: "confab_sync_pages_total",
    type: "counter",
    help: "Pages of changes sent in answer to them, one for each room.",
    read: ({ counts }) => one(counts.hub.syncRooms),
  },
];
