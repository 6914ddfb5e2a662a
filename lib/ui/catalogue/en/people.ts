/** What is said of people, in English. */

export const presence = { online: "Online", away: "Away", offline: "Offline" };
