/**
 * What every peer does with a message: reads it, checks that it has a text, gives it an id and a
 * time. What comes out has the same fields as Confab's `message` event, so that the bytes are
 * alike. No session, no permission, no storage.
 */
let id = 0;

/** The event for a command, or null where it is none. */
export function eventOf(command) {
  const { clientId, room, text } = command;
  if (typeof clientId !== "string" || typeof text !== "string" || text.length > 8000) return null;
  id += 1;
  return {
    type: "message",
    room,
    rev: id,
    message: {
      id,
      room,
      seq: id,
      rev: id,
      userId: 1,
      username: "bench-0001",
      text,
      ts: Date.now(),
      clientId,
      editedAt: null,
      deletedAt: null,
      replyTo: null,
      reactions: {},
      files: [],
      mentions: [],
    },
  };
}

/** The same from a frame to a frame. */
export function encodedEventOf(frame) {
  let command;
  try {
    command = JSON.parse(frame);
  } catch {
    return null;
  }
  const event = eventOf(command);
  return event === null ? null : JSON.stringify(event);
}
