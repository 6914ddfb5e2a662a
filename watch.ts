/** The browser's entry for pages that wait for what happens on another device. */
import { watchPage } from "./lib/ui/browser/watch_page.ts";

watchPage(document);
