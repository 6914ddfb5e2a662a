/**
 * What every language must say. English is the form: the compiler refuses another language that
 * leaves a word out or adds one. Types alone; it must not know which words are loaded when.
 */
import type * as chat from "./chat_en.ts";
import type * as dialogs from "./dialogs_en.ts";
import type * as pages from "./pages_en.ts";

/** The words of the first view of the chat. */
export type Catalogue = typeof chat;

/** The words that come with the dialogs. */
export type DialogsCatalogue = typeof dialogs;

/** The words of the pages that the server writes by itself. */
export type PagesCatalogue = typeof pages;
