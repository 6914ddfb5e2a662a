/** Where in the page client.ts finds the island and its data: the server writes both. */
export const ISLAND_ID = "chat";
export const BOOTSTRAP_ID = "bootstrap";
