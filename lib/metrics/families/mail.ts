/** Letters. Where no mail server is set there is nothing to see. */
import { type AppReading, type Family, one, type Sample, whileUp } from "./family.ts";

function whereSet(
  app: AppReading | null,
  read: (mail: NonNullable<AppReading["mail"]>) => Sample[],
): Sample[] {
  return whileUp(app, ({ mail }) => mail === null ? [] : read(mail));
}

export const MAIL: readonly Family[] = [
  {
    name: "confab_letters_sent_total",
    type: "counter",
    help: "Letters that the mail server took from this node. Absent where none is set.",
    read: ({ app }) => whereSet(app, ({ sent }) => one(sent)),
  },
  {
    name: "confab_mail_failing",
    type: "gauge",
    help:
      "1 while the mail server takes no letters: they wait, and are tried again. The log says " +
      "why.",
    read: ({ app }) => whereSet(app, ({ failing }) => one(failing === null ? 0 : 1)),
  },
];
