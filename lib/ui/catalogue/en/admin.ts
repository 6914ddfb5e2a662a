/** What the pages for staff share, in English; each section has a file of its own. */

export const admin = {
  title: "Administration",
  sections: {
    people: "People",
    invitations: "Invitations",
    requests: "Requests to join",
    settings: "Chat settings",
    health: "How it is doing",
    audit: "Audit log",
  },
  notices: {
    saved: "Saved.",
    disabled: "The account is disabled, and signed out everywhere.",
    enabled: "The account is enabled.",
    signedOut: "They were signed out everywhere.",
    pictureGone: "The picture is gone.",
    factorsOff: "The second factor is off.",
    handedOver: "Ownership is handed over. You are an admin now.",
    erased: "This person was erased.",
    invited: "The invitation is made.",
    revoked: "The invitation is taken back.",
    letIn: "They can log in now.",
    refused: "The request is refused.",
    logoRefused: "This picture cannot be used: choose a PNG, JPEG, WebP or GIF of at most 512 kB.",
    otherSession:
      "Another account signed in with this browser. This page shows that account now, and nothing was changed.",
  },
  search: "Search",
  newest: "Back to the start",
  more: "More",
};
