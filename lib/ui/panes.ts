/** All that can stand beside the room, fetched as one part: see `BesideRoom.tsx`. */
export { RoomFilesPanel } from "./files/RoomFilesPanel.tsx";
export { LaterPane } from "./later/LaterPane.tsx";
export { MembersPanel } from "./room/MembersPanel.tsx";
export { ThreadPanel } from "./threads/ThreadPanel.tsx";
export { ThreadsPanel } from "./threads/ThreadsPanel.tsx";
export { TopicsPanel } from "./threads/TopicsPanel.tsx";
