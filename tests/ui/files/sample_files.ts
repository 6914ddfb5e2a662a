/** Files as the server answers them, for views. */
import type { File } from "../../../lib/protocol/files.ts";

export function fileOf(id: number, over: Partial<File> = {}): File {
  const name = over.name ?? "report.zip";
  return {
    id,
    name,
    type: "application/zip",
    size: 120_000,
    width: null,
    height: null,
    duration: null,
    url: `/files/${id}/${encodeURIComponent(name)}`,
    thumbnail: null,
    alt: "",
    blur: null,
    ...over,
  };
}

export function pictureOf(id: number, over: Partial<File> = {}): File {
  return fileOf(id, {
    name: `cat-${id}.jpg`,
    type: "image/jpeg",
    width: 4000,
    height: 3000,
    thumbnail: `/files/${id}/thumbnail`,
    blur: "data:image/webp;base64,AAAA",
    ...over,
  });
}

export function voiceOf(id: number, over: Partial<File> = {}): File {
  const waveform = [0, 20, 100, 50];
  return fileOf(id, {
    name: "voice.webm",
    type: "audio/webm",
    duration: 12.4,
    voice: { waveform },
    ...over,
  });
}
