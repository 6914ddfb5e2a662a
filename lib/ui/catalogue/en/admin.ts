/** What the pages for staff share, in English; each section has a file of its own. */

export const admin = {
  title: "Administration",
  sections: {
    settings: "Chat settings",
    health: "How it is doing",
    audit: "Audit log",
  },
  notices: {
    saved: "Saved.",
    otherSession:
      "Another account signed in with this browser. This page shows that account now, and nothing was changed.",
  },
  search: "Search",
  newest: "Back to the start",
  more: "More",
};
