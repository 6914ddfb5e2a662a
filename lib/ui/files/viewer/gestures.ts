/**
 * What fingers, the mouse and the wheel do to the picture on the stage: pinching, moving, double
 * clicks, swipes. It must not know what is shown, nor what comes before or after it.
 */
import {
  CLOSE_LOOK,
  moveBy,
  type Point,
  type Sight,
  type Swipe,
  swipeOf,
  WHOLE,
  zoomAt,
} from "./zoom.ts";

export interface StageOptions {
  /** Called with each swipe over a whole picture, by finger or pen. */
  onSwipe: (swipe: Exclude<Swipe, null>) => void;
  onSight: (sight: Sight) => void;
}

/** Two taps within this many milliseconds are one double tap. */
const DOUBLE = 300;

export class Stage {
  readonly #stage: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #options: StageOptions;
  #sight: Sight = WHOLE;
  readonly #pointers = new Map<number, Point>();
  /** Where the only finger came down; null once there was another. */
  #start: Point | null = null;
  #lastTap = 0;
  /** Some browsers make a double click of two taps, and some do not: we count taps ourselves. */
  #byMouse = true;

  constructor(stage: HTMLElement, picture: HTMLElement, options: StageOptions) {
    this.#stage = stage;
    this.#picture = picture;
    this.#options = options;
  }

  /** @returns what ends it */
  listen(): () => void {
    const listening = new AbortController();
    const on = <Name extends keyof HTMLElementEventMap>(
      name: Name,
      heard: (event: HTMLElementEventMap[Name]) => void,
    ) => this.#stage.addEventListener(name, heard, { signal: listening.signal, passive: false });
    on("wheel", (event) => this.#turned(event));
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#moved(event));
    on("pointerup", (event) => this.#up(event, true));
    on("pointercancel", (event) => this.#up(event, false));
    on("dblclick", (event) => this.#byMouse && this.#look(this.#pointOf(event)));
    const resized = new ResizeObserver(() =>
      this.#show(moveBy(this.#sight, { x: 0, y: 0 }, ...this.#sizes()))
    );
    resized.observe(this.#stage);
    return () => {
      listening.abort();
      resized.disconnect();
    };
  }

  /** By a key or a button: around the middle. */
  zoom(factor: number): void {
    this.#show(zoomAt(this.#sight, factor, { x: 0, y: 0 }, ...this.#sizes()));
  }

  whole(): void {
    this.#show(WHOLE);
  }

  /** @returns whether there was anything to move: what fits the stage does not */
  move(by: Point): boolean {
    if (this.#sight.scale === 1) return false;
    this.#show(moveBy(this.#sight, by, ...this.#sizes()));
    return true;
  }

  #turned(event: WheelEvent): void {
    event.preventDefault();
    // Two fingers on a touch pad come as a wheel with a key held down, in small steps.
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? .01 : .002));
    this.#show(zoomAt(this.#sight, factor, this.#pointOf(event), ...this.#sizes()));
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    if ((event.target as Element).closest("button, a, video")) return;
    event.preventDefault();
    this.#byMouse = event.pointerType === "mouse";
    this.#stage.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#pointOf(event));
    this.#start = this.#pointers.size === 1 ? this.#pointOf(event) : null;
  }

  #moved(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = this.#pointOf(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other !== undefined) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      this.#show(zoomAt(this.#sight, factor, middle(now, other), ...this.#sizes()));
    } else if (this.#sight.scale > 1) {
      this.#show(moveBy(this.#sight, minus(now, before), ...this.#sizes()));
    } else if (this.#start !== null) this.#draw({ ...WHOLE, ...minus(now, this.#start) });
  }

  #up(event: PointerEvent, done: boolean): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    const start = this.#start;
    this.#start = null;
    if (!done || start === null || this.#pointers.size > 0) return this.#show(this.#sight);
    const by = minus(this.#pointOf(event), start);
    if (Math.hypot(by.x, by.y) < 10) this.#tapped(event);
    if (this.#sight.scale > 1) return;
    this.#show(this.#sight);
    const swipe = swipeOf(by);
    if (swipe !== null) this.#options.onSwipe(swipe);
  }

  #tapped(event: PointerEvent): void {
    if (this.#byMouse) return;
    const isSecond = event.timeStamp - this.#lastTap < DOUBLE;
    this.#lastTap = isSecond ? 0 : event.timeStamp;
    if (isSecond) this.#look(this.#pointOf(event));
  }

  #look(point: Point): void {
    if (this.#sight.scale > 1) this.whole();
    else this.#show(zoomAt(WHOLE, CLOSE_LOOK, point, ...this.#sizes()));
  }

  #show(sight: Sight): void {
    this.#sight = sight;
    this.#draw(sight);
    this.#options.onSight(sight);
  }

  #draw({ x, y, scale }: Sight): void {
    this.#picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  #sizes() {
    // The picture itself, and not the place around it: one moves up to its edges.
    const { offsetWidth, offsetHeight } = this.#picture.lastElementChild as HTMLElement;
    const { clientWidth, clientHeight } = this.#stage;
    return [
      { width: offsetWidth, height: offsetHeight },
      { width: clientWidth, height: clientHeight },
    ] as const;
  }

  /** From the middle of the stage. */
  #pointOf({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  }
}

function minus(one: Point, other: Point): Point {
  return { x: one.x - other.x, y: one.y - other.y };
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
