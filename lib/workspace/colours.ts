/**
 * The colours of the interface that follow from one that staff choose: as close to it as they can
 * be read, in the light and in the dark theme. Contrast is that of WCAG 2.2 (1.4.3); lightness is
 * moved in OKLCH (Björn Ottosson, 2020), which keeps the hue as people see it.
 */

type Rgb = readonly [red: number, green: number, blue: number];
interface Lch {
  lightness: number;
  chroma: number;
  /** Radians. */
  hue: number;
}

/** What text needs against what is behind it, and a little more for rounding. */
const READABLE = 4.55;
/** Behind text in the accent's colour: tokens.css, `--bg`, `--bg-side`, `--bg-raised`. */
const BEHIND = {
  light: ["#ffffff", "#f6f5f2"],
  dark: ["#17181b", "#111214", "#222429"],
} as const;
const STEP = .005;

export interface AccentColours {
  accent: string;
  /** Under the pointer. */
  strong: string;
  /** Text on the accent. */
  on: string;
  /** Behind what is selected: text in `accent` is readable on it. */
  wash: string;
}

export function accentColours(colour: string): { light: AccentColours; dark: AccentColours } {
  const lch = toLch(parseHex(colour));
  return { light: inTheme(lch, "light"), dark: inTheme(lch, "dark") };
}

/** A style sheet that puts them in the tokens' place. */
export function coloursCss(colour: string): string {
  const { light, dark } = accentColours(colour);
  const both = (name: keyof AccentColours) => `light-dark(${light[name]}, ${dark[name]})`;
  return [
    ":root {",
    `  --accent: ${both("accent")};`,
    `  --accent-strong: ${both("strong")};`,
    `  --on-accent: ${both("on")};`,
    `  --accent-wash: ${both("wash")};`,
    `  --link: ${both("accent")};`,
    "}",
    "",
  ].join("\n");
}

function inTheme(lch: Lch, theme: "light" | "dark"): AccentColours {
  const away = theme === "light" ? -STEP : STEP;
  const wash = hex({ ...lch, lightness: theme === "light" ? .955 : .3, chroma: washOf(lch) });
  const behind = [...BEHIND[theme], wash];
  let { lightness } = lch;
  const readable = () =>
    behind.every((one) => contrast(hex({ ...lch, lightness }), one) >= READABLE);
  // Black and white are readable on everything behind: it ends before either.
  for (let steps = 1 / STEP; steps > 0 && !readable(); steps--) lightness += away;
  const accent = hex({ ...lch, lightness });
  return {
    accent,
    strong: hex({ ...lch, lightness: lightness + (theme === "light" ? -.06 : .06) }),
    on: onTop(accent, lch),
    wash,
  };
}

function washOf({ chroma }: Lch): number {
  return Math.min(chroma, .035);
}

/** White, or nearly black in the same hue, whichever is easier to read. */
function onTop(accent: string, { hue, chroma }: Lch): string {
  const dark = hex({ lightness: .2, chroma: washOf({ hue, chroma, lightness: 0 }), hue });
  return contrast(accent, "#ffffff") >= contrast(accent, dark) ? "#ffffff" : dark;
}

/** From 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parseHex(one)), luminance(parseHex(other))];
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map(linear) as [number, number, number];
  return .2126 * red + .7152 * green + .0722 * blue;
}

function parseHex(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

function linear(value: number): number {
  return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
}

function gamma(value: number): number {
  return value <= .0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - .055;
}

function toLch(rgb: Rgb): Lch {
  const [r, g, b] = rgb.map(linear) as [number, number, number];
  const l = Math.cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
  const m = Math.cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
  const s = Math.cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
  const lightness = .2104542553 * l + .793617785 * m - .0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + .4505937099 * s;
  const c = .0259040371 * l + .7827717662 * m - .808675766 * s;
  return { lightness, chroma: Math.hypot(a, c), hue: Math.atan2(c, a) };
}

/** With as much of the chroma as a screen can show at this lightness. */
function hex(lch: Lch): string {
  const lightness = Math.min(1, Math.max(0, lch.lightness));
  let { chroma } = lch;
  let rgb = toRgb({ ...lch, lightness, chroma });
  while (chroma > 0 && rgb.some((value) => value < -.001 || value > 1.001)) {
    chroma = Math.max(0, chroma - .005);
    rgb = toRgb({ ...lch, lightness, chroma });
  }
  const digits = rgb.map((value) => {
    const byte = Math.round(255 * Math.min(1, Math.max(0, value)));
    return byte.toString(16).padStart(2, "0");
  });
  return `#${digits.join("")}`;
}

function toRgb({ lightness, chroma, hue }: Lch): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + .3963377774 * a + .2158037573 * b) ** 3;
  const m = (lightness - .1055613458 * a - .0638541728 * b) ** 3;
  const s = (lightness - .0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s),
    gamma(-.0041960863 * l - .7034186147 * m + 1.707614701 * s),
  ];
}
