/** Files as a person attaches them in the chat: chosen, pasted, dropped. */
import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";

export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A file of so many bytes, all alike. */
export function fileOf(
  name: string,
  size: number,
  mimeType = "application/octet-stream",
): ChosenFile {
  return { name, mimeType, buffer: Buffer.alloc(size, "x") };
}

/** A picture that the page draws, so that it is a real one. */
export async function pictureOf(
  page: Page,
  name: string,
  width = 320,
  height = 200,
): Promise<ChosenFile> {
  const drawn = await page.evaluate(([width, height]) => {
    const canvas = document.createElement("canvas");
    canvas.width = width!;
    canvas.height = height!;
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#47a";
    context.fillRect(0, 0, width!, height! / 2);
    return canvas.toDataURL("image/png").split(",")[1]!;
  }, [width, height]);
  return { name, mimeType: "image/png", buffer: Buffer.from(drawn, "base64") };
}

/** By the button of the composer, and the browser's own dialog. */
export async function attach(page: Page, ...files: ChosenFile[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).first().click();
  await (await chooser).setFiles(files);
}

/** The files that go along with what is being written. */
export function tray(page: Page): Locator {
  return page.locator("form").getByRole("list", { name: "Attached files" });
}

/** Their labels, in their order. */
export async function attached(page: Page): Promise<string[]> {
  const labels = await tray(page).locator("li > :first-child").allTextContents();
  return labels.map((label) => label.split(",")[0]!);
}

/** Pastes, or drops, these files on what the locator finds; returns whether the page took them. */
export function carry(
  target: Locator,
  how: "paste" | "drop" | "dragover",
  files: { name: string; type: string; text: string }[],
  texts: Record<string, string> = {},
): Promise<boolean> {
  return target.evaluate((element, { how, files, texts }) => {
    const data = new DataTransfer();
    for (const { name, type, text } of files) data.items.add(new File([text], name, { type }));
    for (const [type, text] of Object.entries(texts)) data.setData(type, text);
    const options = { bubbles: true, cancelable: true };
    return !element.dispatchEvent(
      how === "paste"
        ? new ClipboardEvent(how, { clipboardData: data, ...options })
        : new DragEvent(how, { dataTransfer: data, ...options }),
    );
  }, { how, files, texts });
}
