/** The room's composer in the browser, where it lives: see `kept_composer.ts`. */
export { Composer as RoomComposer } from "./Composer.tsx";
