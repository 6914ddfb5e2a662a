/** The files of messages, what opens above the chat, a room's lists of them, in English. */
import { counted } from "../numbers.ts";

export const files = {
  picture: (name: string) => `Picture: ${name}`,
  notLoaded: "This picture did not load.",
  notPlayed: "This browser cannot play it.",
  again: "Try again",
  download: (name: string) => `Download ${name}`,
  save: "Download",
  video: (name: string) => `Video: ${name}`,
  sound: (name: string) => `Sound: ${name}`,
  noLook: "It could not be shown here.",
  beginning: (name: string) => `The beginning of ${name}`,
  emptyText: "The file is empty.",
};

export const describe = {
  title: "Descriptions of pictures",
  hint: "For people who do not see the pictures. What matters in them?",
  of: (name: string) => `Description: ${name}`,
};

export const voice = {
  label: (name: string, time: string) => `Voice message by ${name}, ${time}`,
  play: "Play",
  pause: "Pause",
  position: "Position",
  at: (now: string, all: string) => `${now} of ${all}`,
  speed: (times: string) => `Speed ${times}×`,
  unheard: "You have not listened to it yet",
  notHeard: "Nobody has listened to it yet",
};

export const viewer = {
  place: (at: number, of: number) => `${at} of ${of}`,
  previous: "Previous",
  next: "Next",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  toMessage: "Show the message",
  loading: "Loading…",
  failed: "It could not be loaded.",
  noPdf: "This document cannot be shown here. Download it to read it.",
  locked: "This document is protected by a password. Download it to open it.",
  page: (at: number, of: number) => `Page ${at} of ${of}`,
  morePages: (count: number) =>
    `${counted("en", count, { one: "more page", other: "more pages" })}: download it to read on.`,
  cut: (size: string) => `Only the first ${size} are shown. Download it to read on.`,
};

export const roomFiles = {
  title: "Files and links",
  tabs: { picture: "Pictures", media: "Media", file: "Files", voice: "Voice", link: "Links" },
  tabsLabel: "What to list",
  none: {
    picture: "No pictures in this room yet.",
    media: "No videos or sounds in this room yet.",
    file: "No other files in this room yet.",
    voice: "No voice messages in this room yet.",
    link: "No links in this room yet.",
  },
  toMessage: "Show the message",
};
