/** What goes along with a message, as an address that an element can show, for as long as it is shown. */
import { useEffect, useState } from "preact/hooks";
import type { Attachment } from "../../client/uploads_model.ts";
import { useView } from "../view.ts";

/** What is shown: its bytes are here, or the server has it already. */
type Shown = Pick<Attachment, "local" | "file">;

/** Null until they have been read, or where they are nowhere. */
export function usePreview({ local, file }: Shown): string | null {
  const { actions } = useView();
  const [blob, setBlob] = useState<Blob | null | undefined>();
  useEffect(() => {
    let isHere = true;
    actions.previewOf(local).then((found) => isHere && setBlob(found), () => {});
    return () => {
      isHere = false;
    };
  }, [local]);
  const address = useAddress(blob ?? null);
  return blob === null ? addressOf(file) : address;
}

function addressOf(file: Attachment["file"]): string | null {
  return file && (file.thumbnail ?? file.url);
}

/** Those of several, by `local`, as far as they have been read. */
export function usePreviews(files: readonly Shown[]): ReadonlyMap<string, string> {
  const { actions } = useView();
  const [addresses, setAddresses] = useState<ReadonlyMap<string, string>>(new Map());
  const names = files.map(({ local }) => local);
  useEffect(() => {
    let isHere = true;
    const made: string[] = [];
    Promise.all(files.map(async ({ local, file }) => {
      const blob = await actions.previewOf(local).catch(() => null);
      const there = addressOf(file);
      if (blob === null && there !== null) return [[local, there] as const];
      if (blob === null || !isHere) return [];
      made.push(URL.createObjectURL(blob));
      return [[local, made.at(-1)!] as const];
    })).then((found) => isHere && setAddresses(new Map(found.flat())));
    return () => {
      isHere = false;
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [names.join(" ")]);
  return addresses;
}

/** The address is given back with the element: what it names would stay in memory otherwise. */
export function useAddress(blob: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (blob === null) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [blob]);
  return address;
}
