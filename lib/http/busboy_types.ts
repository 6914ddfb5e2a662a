/**
 * What Confab uses of the package `busboy`, as types: the package has none of its own. Holds no code.
 */
import type { Readable, Writable } from "node:stream";

export interface FormSettings {
  headers: { "content-type": string };
  /** Of the names of files, where the form says nothing. */
  defParamCharset: "utf8";
  /** Gives names of files with their folders. */
  preservePath: boolean;
  /** Bytes of a file that may wait to be read. */
  fileHwm: number;
  limits: { files: number; fields: number; parts: number; fieldSize: number };
}

/** A part whose name is missing, or empty, has none. */
export interface FormEvents {
  on(
    event: "file",
    take: (
      name: string | undefined,
      stream: Readable,
      said: { filename?: string; mimeType: string },
    ) => void,
  ): this;
  on(
    event: "field",
    take: (name: string | undefined, value: string, said: { valueTruncated: boolean }) => void,
  ): this;
  on(event: "close", done: () => void): this;
  on(event: "error", fail: (error: Error) => void): this;
}

/** A place to pipe a form to. */
export type FormReader = FormEvents & Omit<Writable, "on">;

/** Throws for what is no form. */
export type OpenForm = (settings: FormSettings) => FormReader;

declare const busboy: OpenForm;
export default busboy;
