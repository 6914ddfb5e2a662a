/** The files among which one is opened, where they are not those of the conversation: a list's. */
import { createContext } from "preact";
import type { ShownFile } from "../view.ts";

export const Beside = createContext<readonly ShownFile[] | null>(null);
