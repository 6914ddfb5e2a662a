/**
 * What a script adds to a form with a picture: as soon as one is chosen, its square is, and the form
 * is sent with that alone. Without a script the form works too, and the server takes the middle.
 */
import { cropPicture, type CropWords } from "./cropper.ts";

export function startPictureForms(document: Document): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-crop]")) {
    const input = form.querySelector<HTMLInputElement>("input[type=file]");
    const words: CropWords = JSON.parse(form.dataset.crop ?? "{}"); // the page's own words
    const send = form.querySelector<HTMLButtonElement>("[data-send]");
    if (input === null || send === null) continue;
    send.hidden = true;
    input.addEventListener("change", () => void chosen(form, { input, send }, words));
  }
}

interface Parts {
  input: HTMLInputElement;
  send: HTMLButtonElement;
}

async function chosen(form: HTMLFormElement, { input, send }: Parts, words: CropWords) {
  const file = input.files?.[0];
  if (file === undefined) return;
  let square: Blob | null;
  try {
    square = await cropPicture(form.ownerDocument, file, words);
  } catch {
    send.hidden = false; // this browser cannot show it: the server may, once it is sent
    return;
  }
  if (square === null) {
    input.value = "";
    return;
  }
  const chosen = new DataTransfer();
  chosen.items.add(new File([square], "picture", { type: square.type }));
  input.files = chosen.files;
  form.requestSubmit(send);
}
