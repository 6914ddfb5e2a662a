/**
 * The files that a paste or a drop carries. Pasted text that comes with a picture of itself, as from
 * a spreadsheet, is text. It must not know what becomes of them.
 */

/** Of `DataTransfer`, what is asked. */
export interface Carried {
  readonly types: readonly string[];
  readonly files: ArrayLike<File>;
  readonly items?: ArrayLike<Pick<DataTransferItem, "kind" | "webkitGetAsEntry">> | undefined;
  getData(type: string): string;
}

/** Whether something is dragged that may be files: their names are told only when it is dropped. */
export function carriesFiles(data: Pick<Carried, "types"> | null): boolean {
  return data !== null && data.types.includes("Files");
}

/** Empty: it is to be pasted as text. */
export function pastedFiles(data: Carried | null): File[] {
  if (data === null || data.files.length === 0) return [];
  const files = Array.from(data.files);
  const text = data.getData("text/plain").trim();
  return text === "" || isNames(text, files) ? files : [];
}

/** Files copied in a file manager come with their names, or their paths, as text. */
function isNames(text: string, files: readonly File[]): boolean {
  return text.split(/[\r\n]+/).every((line) =>
    files.some(({ name }) =>
      line === name || line.endsWith(`/${name}`) || line.endsWith(`\\${name}`)
    )
  );
}

export interface Dropped {
  files: File[];
  /** Names of folders: a browser gives them as files that cannot be read. */
  folders: string[];
}

/** Call it within the event: afterwards the browser says nothing more. */
export function droppedFiles(data: Carried | null): Dropped {
  const dropped: Dropped = { files: [], folders: [] };
  if (data === null) return dropped;
  const entries = Array.from(data.items ?? [])
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? null);
  Array.from(data.files).forEach((file, at) => {
    if (entries[at]?.isDirectory) dropped.folders.push(file.name);
    else dropped.files.push(file);
  });
  return dropped;
}
