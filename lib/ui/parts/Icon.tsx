/**
 * The icons of the chat's first view: strokes on a 24-unit grid, coloured by the text around them,
 * hidden from screen readers. All others: `AnyIcon.tsx`.
 */

export const PATHS = {
  hash: "M5 9h14M5 15h14M10 4 8 20M16 4l-2 16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  plus: "M12 5v14M5 12h14",
  compass: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm3.5 5.5-2 5-5 2 2-5z",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 4.4a3.5 3.5 0 0 1 0 6.4M17.5 14.9c2.1.7 3.5 2.5 3.5 5.1",
  more:
    "M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0z",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  reply: "M9 6 4 11l5 5M4 11h9a6 6 0 0 1 6 6v2",
  thread: "M20 11.5a7.5 7.5 0 0 1-10.9 6.7L4 20l1.4-4.4A7.5 7.5 0 1 1 20 11.5zM9 10h7M9 13.5h4",
  smile:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c.8 1.2 2 1.9 3.5 1.9s2.7-.7 3.5-1.9M9 9.5h.01M15 9.5h.01",
  format: "M3 18 8 6l5 12M4.7 14h6.6M20.5 11v7M20.5 14.5a3 3 0 1 1-5.5 0 3 3 0 0 1 5.5 0z",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  bookmark: "M7 4h10v16l-5-4-5 4z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  check: "M5 12.5 10 17l9-10",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  clip: "M20 11.5l-8 8a5 5 0 0 1-7-7L13.5 4a3.5 3.5 0 0 1 5 5L10 17.5a2 2 0 0 1-3-3l7.5-7.5",
  mic: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  userAdd:
    "M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6.5 9c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M19 8v6M16 11h6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return <Drawn path={PATHS[name]} />;
}

/** @param path on a grid of 24 units */
export function Drawn({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
