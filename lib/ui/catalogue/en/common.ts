/** What is said everywhere, in English. */

export const common = {
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  loading: "Loading…",
  undo: "Undo",
  dismiss: "Dismiss",
  you: "you",
  back: "Back to the chat",
  skip: "Skip to the message box",
};
