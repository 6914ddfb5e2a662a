/** What every page says of itself, and the pages of errors, in English. */

/** Around `/api/docs`. */
export const apiDocs = {
  title: "HTTP interface",
  forPrograms: "for programs",
  noScript: "This description is shown by JavaScript. What it shows is the document for programs.",
};

export const page = {
  description: "Chat for a team, a school, a club or a family, on a server of its own.",
  notFoundTitle: "Nothing here",
  errorTitle: "Something went wrong",
  noScript:
    "Without JavaScript you can read here. To write, and to see new messages as they come, turn it on.",
};
