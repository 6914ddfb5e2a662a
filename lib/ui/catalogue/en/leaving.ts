/** What is still to be sent, on the pages around the chat, in English. */

export const leaving = {
  waiting: "Not everything that you wrote has been sent.",
  chat: "Send it from the chat",
  title: "Log out before it is sent?",
  text: "This has not been sent yet. It is in this browser alone, and is lost if you log out now:",
  stay: "Stay",
  lose: "Log out and lose it",
};
