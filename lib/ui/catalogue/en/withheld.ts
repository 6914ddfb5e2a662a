/** What this browser does not give, in English. */

export const withheld = {
  storage:
    "This browser does not keep what you write. Leave this tab open until everything is sent.",
  files:
    "This browser does not keep the files you send. Leave this tab open until they have been sent.",
  turns: "This browser does not let its tabs take turns: each tab sends by itself.",
};
