/**
 * Which square of a picture is taken: it is moved and made smaller, and never leaves the picture.
 * Pure; all sizes in the picture's own pixels.
 */

export interface CropSquare {
  left: number;
  top: number;
  side: number;
}

/** How many times smaller than the largest square at most. */
export const ZOOM_MOST = 8;

export class Crop {
  readonly #width: number;
  readonly #height: number;
  #zoom = 1;
  #x: number;
  #y: number;

  /** Begins with the largest square, in the middle. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#x = width / 2;
    this.#y = height / 2;
  }

  get zoom(): number {
    return this.#zoom;
  }

  get square(): CropSquare {
    const side = this.#side();
    return { left: this.#x - side / 2, top: this.#y - side / 2, side };
  }

  /** @param zoom 1 for the largest square */
  zoomTo(zoom: number): void {
    this.#zoom = clamp(zoom, 1, ZOOM_MOST);
    this.moveBy(0, 0);
  }

  /** By parts of the square's own side: what is under a finger stays under it. */
  moveBy(across: number, down: number): void {
    const side = this.#side();
    this.#x = clamp(this.#x + across * side, side / 2, this.#width - side / 2);
    this.#y = clamp(this.#y + down * side, side / 2, this.#height - side / 2);
  }

  #side(): number {
    return Math.min(this.#width, this.#height) / this.#zoom;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
