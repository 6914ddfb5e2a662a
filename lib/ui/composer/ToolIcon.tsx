/** The icons of the bar that formats: they come with it, not with the page. */
import type { FormatName } from "./formats.ts";

const PATHS: Record<FormatName | "help", string> = {
  bold: "M8 5h5a3.5 3.5 0 0 1 0 7H8zM8 12h6a3.5 3.5 0 0 1 0 7H8z",
  italic: "M11 5h6M7 19h6M14 5l-4 14",
  strike:
    "M5 12h14M16.5 8c-.4-1.8-2-3-4.5-3-2.7 0-4.5 1.3-4.5 3.4 0 1 .4 1.8 1.2 2.4M7.5 16c.4 1.8 2 3 4.5 3 2.7 0 4.5-1.3 4.5-3.4 0-.6-.1-1.1-.4-1.6",
  link:
    "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  code: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  block: "M4 5h16v14H4zM10 9.5 7.5 12l2.5 2.5M14 9.5l2.5 2.5-2.5 2.5",
  quote: "M5 5v14M10 8h9M10 12h9M10 16h6",
  bullets: "M9.5 6H20M9.5 12H20M9.5 18H20M5 6h.01M5 12h.01M5 18h.01",
  numbers:
    "M10 6h10M10 12h10M10 18h10M4.5 5 6 4v5M4.3 14.5c.2-.9 2.6-1 2.4.4-.1.9-2.4 1.6-2.4 2.9h2.6",
  help:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5c.2-1.4 1.2-2 2.5-2s2.5.8 2.5 2.1c0 1.7-2.5 1.9-2.5 3.9M12 16.5h.01",
};

export function ToolIcon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
