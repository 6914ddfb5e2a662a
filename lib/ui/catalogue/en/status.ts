/** What people say of themselves for a while, in English. */

export const status = {
  title: "Set a status",
  emoji: "Emoji",
  text: "What are you up to?",
  end: "Clear it",
  ends: {
    never: "Do not clear it",
    half: "In 30 minutes",
    hour: "In an hour",
    four: "In 4 hours",
    today: "Tonight",
    week: "At the end of the week",
    at: "At a time of your choice…",
  },
  /** Behind a common status: for how long it is said. */
  lasts: {
    half: "for 30 minutes",
    hour: "for an hour",
    today: "until tonight",
    never: "until you clear it",
  },
  at: "Until",
  clear: "Clear the status",
  often: "Common statuses",
  said: {
    meeting: "In a meeting",
    busy: "Focusing",
    lunch: "Having lunch",
    onTheWay: "On the way",
    home: "Working from home",
    sick: "Out sick",
    holiday: "On holiday",
  },
};
