/**
 * The browser's entry: brings the style sheets, takes the data that the server wrote into the
 * page, and wakes the island where it stands.
 */
import "./lib/ui/styles/chat.css";
import { h, hydrate } from "preact";
import Chat from "./islands/Chat.tsx";
import type { Bootstrap } from "./lib/client/model.ts";
import { loadWords } from "./lib/ui/catalogue/catalogue.ts";
import { BOOTSTRAP_ID, ISLAND_ID } from "./lib/ui/pages/island.ts";

const data = document.getElementById(BOOTSTRAP_ID);
const place = document.getElementById(ISLAND_ID);
if (data && place) {
  // The server wrote this block from the very same type.
  const bootstrap = JSON.parse(data.textContent) as Bootstrap;
  const wake = () => hydrate(h(Chat, { bootstrap }), place);
  // In the language in which the server wrote the page. Then a task of its own: the page is read
  // and scrolled already, and must not stutter for longer.
  void loadWords(bootstrap.me.language ?? bootstrap.language).then(() => setTimeout(wake));
}
