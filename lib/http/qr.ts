/**
 * Draws an address, or any short text, as a QR code (ISO/IEC 18004) for `QrCode`. The library is
 * loaded with the first one. It knows no page.
 */

/** A code's squares, as a path of an SVG: one unit is one square. */
export interface QrDrawing {
  /** Squares along a side, with the quiet zone that readers need around it. */
  size: number;
  /** The dark ones. */
  path: string;
}

/**
 * Error correction M: 15 % may be unreadable, as screens that mirror a window are. Fails for more
 * than 2,331 bytes.
 */
export async function drawQr(text: string): Promise<QrDrawing> {
  const { encode } = await import("uqr");
  const { size, data } = encode(text, { ecc: "M", border: QUIET_ZONE });
  return { size, path: data.map(rowPath).join("") };
}

/** Four squares on each side, as the standard says. */
const QUIET_ZONE = 4;

/** Dark squares that stand side by side are one rectangle. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x++;
    path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
  }
  return path;
}
