/** What is asked of the server about a room's files and links; fetched with the first list of them. */
import type { RoomFiles, RoomLinks } from "../protocol/files.ts";
import { createLinks } from "./links.ts";
import type { FileCalls } from "./files_model.ts";
import { createHearing, type HeardMarks } from "./heard.ts";
import { HeardLater, type HeardLaterParts } from "./heard_later.ts";

export interface FileCallsGround extends Omit<HeardLaterParts, "epoch"> {
  state: { heard: HeardMarks };
  uploads: Pick<HeardLaterParts, "epoch">;
}

export function createFileCalls(ground: FileCallsGround): FileCalls {
  const { api, state, uploads: { epoch } } = ground;
  const list = <Page>(path: string, asked: Record<string, string>, before: number | null) => {
    const query = new URLSearchParams(before === null ? asked : { ...asked, before: `${before}` });
    return api<Page>("GET", `${path}?${query}`);
  };
  return {
    ...createHearing(api, state.heard, new HeardLater({ ...ground, epoch })),
    ...createLinks(api),
    files: (room, kind, before) =>
      list<RoomFiles>(`/api/rooms/${room}/files`, { kind, limit: "60" }, before),
    links: (room, before) => list<RoomLinks>(`/api/rooms/${room}/links`, { limit: "40" }, before),
    describeFile: (file, alt) => api("PATCH", `/api/files/${file}`, { alt }),
    setRoomPicture: (room, data) =>
      api(data ? "PUT" : "DELETE", `/api/rooms/${room}/picture`, data ? { data } : undefined),
  };
}
