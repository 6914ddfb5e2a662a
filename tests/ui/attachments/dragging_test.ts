/** The order of attached files is changed by dragging one of them, and by nothing else. */
import assert from "node:assert/strict";
import { Dragging } from "../../../lib/ui/attachments/dragging.ts";

function scene() {
  const moved: unknown[] = [];
  const dragging = new Dragging(() => ({
    names: () => ["a", "b"],
    move: (name, to) => moved.push([name, to]),
  }));
  const list = { setPointerCapture() {} };
  const item = { dataset: { local: "a" }, parentElement: list };
  const target = { closest: (what: string) => what === "[data-local]" ? item : null };
  const mouse = (clientX: number, buttons: number) =>
    ({
      target,
      currentTarget: list,
      button: 0,
      buttons,
      pointerId: 1,
      pointerType: "mouse",
      clientX,
      clientY: 0,
    }) as unknown as PointerEvent; // what is read of one
  return { dragging, moved, ...dragging.handlers, mouse };
}

Deno.test("a mouse drags after a few pixels, not before", () => {
  const { dragging, onPointerDown, onPointerMove, mouse } = scene();
  onPointerDown(mouse(0, 1));
  onPointerMove(mouse(3, 1));
  assert.equal(dragging.dragged.value, null);
  onPointerMove(mouse(9, 1));
  assert.equal(dragging.dragged.value, "a");
});

Deno.test("a mouse that was let go of elsewhere drags nothing when it comes back", () => {
  const { dragging, onPointerDown, onPointerMove, mouse } = scene();
  onPointerDown(mouse(0, 1));
  onPointerMove(mouse(40, 0));
  assert.equal(dragging.dragged.value, null);
  onPointerMove(mouse(60, 1));
  assert.equal(dragging.dragged.value, null);
});
