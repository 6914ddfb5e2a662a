/** The connection, in English. */

export const connection = {
  connecting: "Connecting…",
  waiting: "Connection lost. Trying again…",
  offline: "Offline — messages will be sent when the connection returns.",
  retry: "Try now",
  unreachable: "The server cannot be reached.",
};
