/** The page on which staff set what holds for everybody, in English. */

export const workspace = {
  parts: {
    look: "Name and colour",
    doors: "Who comes in",
    welcome: "Newcomers",
    rooms: "Making rooms",
    emoji: "Emoji",
    pages: "Language",
    links: "Links",
    limits: "Limits",
  },
  labels: {
    name: "Name of this place",
    colour: "Colour",
    signup: "How people get an account",
    inviters: "Who may invite people",
    secondFactor: "Who needs a second factor",
    passwordLogin: "Who may sign in with a password",
    welcomeText: "What newcomers read first",
    welcomeRooms: "Rooms that newcomers are in from the beginning",
    publicRooms: "Who may make public rooms",
    privateRooms: "Who may make private rooms",
    emojiMakers: "Who may add emoji",
    language: "Language of the pages",
    linkPreviews: "Previews of links",
    textLength: "Longest message, in characters",
    sendRate: "Messages per second and person",
    roomRate: "New rooms per hour and person",
  },
  hints: {
    name: "On every page, in the tabs of browsers and under the icon on phones.",
    colour:
      "Of buttons and links. If it is hard to read, it is made darker in the light theme, and lighter in the dark one.",
    signup: "It holds at once. Who has an account keeps it.",
    inviters: "Guests never may.",
    secondFactor:
      "Whoever has none sets one up before anything else. Set up yours first. Who signs in by a passkey or through a provider needs no other.",
    passwordLogin:
      "The choice counts where people can also come in through a provider. The owner always may.",
    welcomeText: "After they have made their account. Leave it empty for nothing.",
    welcomeRooms:
      "Besides the room that everybody is in. Guests are only in the rooms of their invitation.",
    publicRooms: "Guests never may. Messages to single people are not meant.",
    emojiMakers: "Guests never may. Whoever added one may remove it, and so may staff.",
    language: "For everybody who has not chosen a language in their own settings.",
    linkPreviews:
      "What a page says of itself, and its picture. This server asks other sites for it, never the reader’s browser. It holds for new messages.",
    textLength: "For new messages: from 100 to 8000.",
    sendRate: "Five seconds of them may come at once. 0 is no limit.",
    roomRate: "0 is no limit.",
  } as Readonly<Record<string, string>>,
  fixed: (variable: string) => `Set on the server, by ${variable}; it cannot be changed here.`,
  ranges: {
    textLength: "Enter a whole number from 100 to 8000.",
    sendRate: "Enter a whole number from 0 to 1000000.",
    roomRate: "Enter a whole number from 0 to 1000000.",
  },
  choices: {
    signup: {
      open: "Anybody makes one",
      invite: "With an invitation",
      ask: "By asking, and staff let them in",
      closed: "Not at all",
    },
    secondFactor: { optional: "Nobody has to", staff: "Staff", all: "Everybody" },
    passwordLogin: { everybody: "Everybody", owner: "Only the owner" },
    inviters: { staff: "Staff only", members: "All members" },
    linkPreviews: { on: "Shown", off: "Not made" },
    makers: { members: "All members", staff: "Staff only" },
  },
  browserLanguage: "The browser’s",
  welcome: { title: "Welcome", on: "Go to the chat" },
  logo: {
    title: "Picture",
    label: "A PNG, JPEG, WebP or GIF",
    hint:
      "Best square. On every page, in the tabs of browsers and as the icon on phones; at most 512 kB.",
    remove: "Remove the picture",
  },
  colour: {
    own: "A colour of our own",
    light: "in the light theme",
    dark: "in the dark theme",
  },
};
