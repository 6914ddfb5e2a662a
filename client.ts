/**
 * The browser's entry: brings the style sheets, reads the data that the server wrote into the page,
 * and wakes the island in its place.
 */
import "./lib/ui/styles/chat.css";
import { h, hydrate } from "preact";
import Chat from "./islands/Chat.tsx";
import type { Bootstrap } from "./lib/client/model.ts";
import { loadWords } from "./lib/ui/catalogue/catalogue.ts";
import { afterFirstFrame } from "./lib/ui/browser/first_frame.ts";
import { BOOTSTRAP_ID, ISLAND_ID } from "./lib/ui/pages/island.ts";

const data = document.getElementById(BOOTSTRAP_ID);
const place = document.getElementById(ISLAND_ID);
if (data && place) {
  // The server wrote this block from the same type.
  const bootstrap = JSON.parse(data.textContent) as Bootstrap;
  const wake = () => hydrate(h(Chat, { bootstrap }), place);
  // Uses the language in which the server wrote the page. The island then wakes in a task of its
  // own, once the page is seen: the reader already reads and scrolls, and the page must not stutter
  // longer than it has to.
  void loadWords(bootstrap.me.language ?? bootstrap.language).then(() => afterFirstFrame(wake));
}
