/**
 * A QR code as the server draws it: no script, no style attribute. Dark on light in both themes, as
 * many readers see no other.
 */
export interface QrCodeProps {
  /** Squares along a side. */
  size: number;
  /** The dark squares. */
  path: string;
  /** What it is, for those who do not see it; the address itself stands beside it. */
  label: string;
}

/** More squares along a side than this are too small in the usual size. */
const DENSE = 60;

export function QrCode({ size, path, label }: QrCodeProps) {
  return (
    <svg
      class={size > DENSE ? "qr dense" : "qr"}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
    >
      <rect class="qr-paper" width={size} height={size} />
      <path class="qr-ink" d={path} />
    </svg>
  );
}
