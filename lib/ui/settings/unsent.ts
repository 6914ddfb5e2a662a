/**
 * Whoever leaves the chat before all is sent is told so, and whoever logs out is asked, since it
 * would be lost. The words are in the page. It must not know where the browser keeps things.
 */

export interface Unsent {
  text: string;
  /** Names of files. */
  files: readonly string[];
}

/** Lines that the question shows, and letters of each. */
const LINES = 5;
const LETTERS = 120;

/** On the root: a choice that is saved replaces the rest of the page. */
export function tellUnsent({ documentElement }: Document, unsent: readonly Unsent[]): void {
  if (unsent.length > 0) documentElement.dataset.unsent = "";
}

/** Whether it may be lost. */
export function askToLose(document: Document, unsent: readonly Unsent[]): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#unsent");
  if (dialog === null || unsent.length === 0) return Promise.resolve(true);
  const lines = unsent.slice(0, LINES).map(lineOf);
  if (unsent.length > LINES) lines.push("…");
  dialog.querySelector("ul")!.replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = line;
    return item;
  }));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((decided) => {
    dialog.onclick = ({ target }) => {
      const button = (target as Element).closest("button");
      if (button !== null) dialog.close(button.value);
    };
    dialog.onclose = () => decided(dialog.returnValue === "lose");
  });
}

function lineOf({ text, files }: Unsent): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  const short = letters.slice(0, LETTERS).join("") + (letters.length > LETTERS ? "…" : "");
  return [...short === "" ? [] : [short], ...files].join(" · ");
}
