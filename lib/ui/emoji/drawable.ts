/**
 * Which emoji this system can draw: its fonts are often some years behind Unicode, and an empty box
 * says nothing. Asks a canvas, once per page; knows no table.
 */

/** One emoji of each version of Unicode's set since fonts began to lag, oldest first. */
const PROBES: readonly (readonly [version: number, emoji: string])[] = [
  [12, "🥱"],
  [12.1, "🧑‍🦰"],
  [13, "🥲"],
  [13.1, "😶‍🌫️"],
  [14, "🫠"],
  [15, "🫨"],
  [15.1, "🙂‍↔️"],
  [16, "🫩"],
];

const SIZE = 24;

/** The newest version whose emoji are drawn in colour, and as one picture. */
export function newestDrawable(): number {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return Infinity; // then nobody knows
  context.font = `${SIZE - 6}px ${
    getComputedStyle(document.documentElement).getPropertyValue("--font-emoji")
  }`;
  context.textBaseline = "top";
  const width = context.measureText("😀").width;
  const isDrawn = (emoji: string) =>
    context.measureText(emoji).width < 1.5 * width && isColoured(context, emoji);
  // Where not even an old one is, the canvas is kept from telling.
  if (!isDrawn("😀")) return Infinity;
  let newest = 11;
  for (const [version, emoji] of PROBES) {
    if (!isDrawn(emoji)) return newest;
    newest = version;
  }
  return Infinity;
}

/** A box and a letter take the colour that text has; a picture has its own. */
function isColoured(context: CanvasRenderingContext2D, emoji: string): boolean {
  const [black, white] = ["#000", "#fff"].map((colour) => {
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillStyle = colour;
    context.fillText(emoji, 0, 0);
    return context.getImageData(0, 0, SIZE, SIZE).data;
  });
  return black!.some((value) => value !== 0) && String(black) === String(white);
}
