/** All icons, also those that the first view does without: nothing of it may import this. */
import { Drawn, PATHS } from "./Icon.tsx";

const ALL_PATHS = {
  ...PATHS,
  chat: "M20 12a8 8 0 0 1-11.6 7.1L4 20l1-4.2A8 8 0 1 1 20 12z",
  down: "M12 5v14M6 13l6 6 6-6",
  quote: "M5 5v14M10 8h9M10 12h9M10 16h6",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  link:
    "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6L12 16.7 7.1 19.4l1-5.6L4 9.9l5.6-.7z",
  unread: "M4 6h10M20 12v6H4V6l8 6 3-2.2M19 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  bell: "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 21h4",
  leave: "M14 4h5v16h-5M4 12h11M11 8l4 4-4 4",
  again: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z",
  stop: "M7 7h10v10H7z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
  play: "M8 5v14l11-7z",
  pause: "M8.5 5v14M15.5 5v14",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
  forward: "M9 5l7 7-7 7",
  zoomIn: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4M8 11h6M11 8v6",
  zoomOut: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4M8 11h6",
} as const;

export type AnyIconName = keyof typeof ALL_PATHS;

export function AnyIcon({ name }: { name: AnyIconName }) {
  return <Drawn path={ALL_PATHS[name]} />;
}
