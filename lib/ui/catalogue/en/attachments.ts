/** Files and voice messages that go along with what is written, once the page is at rest, in English. */
import { counted } from "../numbers.ts";

export const attachments = {
  list: "Attached files",
  hint:
    "Arrow keys: another file. Shift and arrow keys: its place. Enter: details. Delete: remove.",
  choose: {
    picture: "Photo or video",
    camera: "Take a photo",
    file: "File",
  },
  drop: (room: string) => `Drop the files here to attach them: ${room}`,
  dropInThread: "Drop the files here to attach them to your reply",
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Try again: ${name}`,
  place: (at: number, of: number) => `Place ${at} of ${of}`,
  removed: (name: string) => `${name} was removed.`,
  added: (count: number) => `${counted("en", count, { one: "file", other: "files" })} attached.`,
  allThere: "All files are uploaded.",
  states: {
    preparing: "Preparing…",
    waiting: "Waits for the connection",
    queued: "Waiting…",
    uploading: (percent: number) => `${percent}% uploaded`,
    ready: "Uploaded",
    failed: "Not uploaded",
  },
  refused: {
    large: (name: string, limit: string) => `${name} is too large: files may have up to ${limit}.`,
    many: (most: number) =>
      `A message takes ${counted("en", most, { one: "file", other: "files" })} at most.`,
    folder: (name: string) => `${name} is a folder: attach the files in it, or an archive.`,
  },
  faults: {
    tooLarge: (limit: string) => `Too large: ${limit} at most.`,
    noRoom: "There is no room for it on the server.",
    noOwnRoom: (limit: string) =>
      `All your files may have ${limit}: delete messages whose files nobody needs.`,
    lost: "This browser no longer has it. Attach it again.",
    unreadable: "It cannot be read any more. Attach it again.",
  },
  original: (before: string, after: string) => `Original pictures (${before} instead of ${after})`,
  details: {
    alt: "Description",
    altHint: "For people who do not see the picture. What matters in it?",
    original: "Send the original picture",
    sizes: (original: string, smaller: string) => `${original}, made smaller ${smaller}`,
    earlier: "Move earlier",
    later: "Move later",
    remove: "Remove",
    done: "Done",
  },
  described: "with a description",
  takeBack: "Take back",
};

export const recording = {
  message: "Voice message",
  asking: "Allow this page to use the microphone…",
  recording: "Recording",
  recorded: (length: string) => `Voice message, ${length}`,
  limit: "That is as long as a voice message may be.",
  broke: "The microphone went away. What was said before is here.",
  slide: "Slide to cancel",
  stop: "Stop and listen",
  send: "Send the voice message",
  drop: "Discard the recording",
  dropped: "The recording was discarded.",
  play: "Play",
  pause: "Pause",
  position: "Position",
  tryAgain: "Try again",
  faults: {
    refused:
      "The browser does not let this page use the microphone. Allow it beside the page's address, then try again.",
    missing: "No microphone was found.",
    busy: "The microphone cannot be used. Perhaps another program has it.",
    insecure: "Browsers give the microphone to pages with https alone.",
    unable: "This browser cannot record sound.",
  },
};
