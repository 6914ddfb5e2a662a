/**
 * A dialog in which somebody chooses the square of a picture that is taken: by dragging, with two
 * fingers, the wheel, a slider or the keys. Plain DOM, for the settings' pages and for the chat. It
 * does not know what the picture is for.
 */
import { Crop, ZOOM_MOST } from "./crop.ts";

export interface CropWords {
  title: string;
  /** Names the picture for who cannot see it, and says how it is moved. */
  area: string;
  zoom: string;
  use: string;
  cancel: string;
}

/** Pixels of the square as it is shown, and as it is sent: twice what is kept. */
const VIEW = 320;
const SENT = 512;
/** Parts of the square's side that a key moves it by. */
const STEP = 0.05;

/** A square of the picture; null if they decided otherwise. Rejects for what is no picture. */
export async function cropPicture(
  document: Document,
  file: Blob,
  words: CropWords,
): Promise<Blob | null> {
  // Upright, as its camera says.
  const picture = await createImageBitmap(file);
  const dialog = new CropDialog(document, picture, words);
  try {
    return await dialog.ask() ? await dialog.result() : null;
  } finally {
    picture.close();
    dialog.remove();
  }
}

class CropDialog {
  readonly #picture: ImageBitmap;
  readonly #crop: Crop;
  readonly #dialog: HTMLDialogElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #slider: HTMLInputElement;
  readonly #use: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  /** Fingers, or the mouse, by where they are. */
  readonly #pointers = new Map<number, { x: number; y: number }>();

  constructor(document: Document, picture: ImageBitmap, words: CropWords) {
    this.#picture = picture;
    this.#crop = new Crop(picture.width, picture.height);
    const make = <Name extends keyof HTMLElementTagNameMap>(
      name: Name,
      set: Partial<HTMLElementTagNameMap[Name]>,
      ...inside: (Node | string)[]
    ) => {
      const element = Object.assign(document.createElement(name), set);
      element.append(...inside);
      return element;
    };
    const size = { width: VIEW, height: VIEW };
    this.#canvas = make("canvas", { ...size, className: "crop-area", tabIndex: 0 });
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-label", words.area);
    const range = { type: "range", min: "1", max: String(ZOOM_MOST), step: "0.05", value: "1" };
    this.#slider = Object.assign(document.createElement("input"), range);
    this.#use = make("button", { type: "button", className: "button primary" }, words.use);
    this.#cancel = make("button", { type: "button", className: "button" }, words.cancel);
    const heading = make("h2", { id: "crop-title" }, words.title);
    this.#dialog = make(
      "dialog",
      { className: "crop" },
      make(
        "div",
        { className: "crop-body" },
        heading,
        this.#canvas,
        make("label", { className: "crop-zoom" }, words.zoom, this.#slider),
        make("div", { className: "crop-actions" }, this.#cancel, this.#use),
      ),
    );
    this.#dialog.setAttribute("aria-labelledby", heading.id);
    // Of a dialog below it, in which it may stand: keys and clicks here are not its concern.
    for (const kind of ["click", "submit", "cancel", "close", "pointerdown"]) {
      this.#dialog.addEventListener(kind, (event) => event.stopPropagation());
    }
    document.body.append(this.#dialog);
  }

  ask(): Promise<boolean> {
    this.#listen();
    this.#draw();
    this.#dialog.showModal();
    this.#canvas.focus();
    return new Promise((decided) => {
      this.#use.addEventListener("click", () => decided(true));
      this.#cancel.addEventListener("click", () => decided(false));
      this.#dialog.addEventListener("close", () => decided(false));
    });
  }

  result(): Promise<Blob | null> {
    const canvas = this.#canvas.ownerDocument.createElement("canvas");
    canvas.width = canvas.height = SENT;
    this.#paint(canvas);
    return new Promise((made) => canvas.toBlob(made, "image/webp", 0.9));
  }

  remove(): void {
    this.#dialog.close();
    this.#dialog.remove();
  }

  #listen(): void {
    const canvas = this.#canvas;
    this.#slider.addEventListener("input", () => this.#zoom(Number(this.#slider.value)));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#zoom(this.#crop.zoom * Math.exp(-event.deltaY / 400));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const kind of ["pointerup", "pointercancel"] as const) {
      canvas.addEventListener(kind, (event) => this.#pointers.delete(event.pointerId));
    }
  }

  #key(event: KeyboardEvent): void {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const move = moves[event.key];
    if (move !== undefined) this.#crop.moveBy(...move);
    else if (event.key === "+" || event.key === "=") this.#zoom(this.#crop.zoom * 1.1);
    else if (event.key === "-") this.#zoom(this.#crop.zoom / 1.1);
    else if (event.key === "Enter") this.#use.click();
    else return;
    event.preventDefault();
    this.#draw();
  }

  /** One pointer moves the picture, two make it larger and smaller. */
  #drag(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    this.#pointers.set(event.pointerId, now);
    const width = this.#canvas.getBoundingClientRect().width || VIEW;
    const share = other === undefined ? 1 : 2;
    this.#crop.moveBy(
      (before.x - now.x) / width / share,
      (before.y - now.y) / width / share,
    );
    if (other !== undefined) {
      const far = (point: typeof now) => Math.hypot(point.x - other[1].x, point.y - other[1].y);
      if (far(before) > 0) this.#zoom(this.#crop.zoom * far(now) / far(before));
    }
    this.#draw();
  }

  #zoom(zoom: number): void {
    this.#crop.zoomTo(zoom);
    this.#slider.value = String(this.#crop.zoom);
    this.#draw();
  }

  #draw(): void {
    this.#paint(this.#canvas);
  }

  #paint(canvas: HTMLCanvasElement): void {
    const context = canvas.getContext("2d");
    if (context === null) return;
    const { left, top, side } = this.#crop.square;
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.#picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  }
}
