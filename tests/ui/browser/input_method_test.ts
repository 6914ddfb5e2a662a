/** Keys of an input method are its own: nothing in the page acts on them. */
import assert from "node:assert/strict";
import { belongsToInputMethod, keepInputMethodKeys } from "../../../lib/ui/browser/input_method.ts";

/** `keyCode` and `isComposing` are not in Deno's events: the reader needs no more than these. */
function press(
  target: EventTarget,
  key: string,
  over: { keyCode?: number; isComposing?: boolean },
) {
  const event = new Event("keydown", { cancelable: true });
  Object.assign(event, { key, keyCode: 0, isComposing: false, ...over });
  target.dispatchEvent(event);
  return event as KeyboardEvent;
}

Deno.test("a key belongs to the input method while it composes, and with Safari's 229 after it", () => {
  const page = new EventTarget();
  assert.equal(belongsToInputMethod(press(page, "Enter", { isComposing: true })), true);
  assert.equal(belongsToInputMethod(press(page, "Enter", { keyCode: 229 })), true);
  assert.equal(belongsToInputMethod(press(page, "Enter", { keyCode: 13 })), false);
});

Deno.test("such keys reach no listener, submit no form, close no dialog; others do", () => {
  const page = new EventTarget();
  const heard: string[] = [];
  const end = keepInputMethodKeys(page);
  // On one target what was added first hears first: only what stops the event keeps it.
  page.addEventListener("keydown", (event) => {
    if (!event.cancelBubble) heard.push((event as KeyboardEvent).key);
  });
  assert.equal(press(page, "Enter", { keyCode: 229 }).defaultPrevented, true);
  assert.equal(press(page, "Escape", { isComposing: true }).defaultPrevented, true);
  // The caret must go on moving among the words.
  assert.equal(press(page, "ArrowDown", { isComposing: true }).defaultPrevented, false);
  assert.deepEqual(heard, []);
  assert.equal(press(page, "Enter", { keyCode: 13 }).defaultPrevented, false);
  assert.deepEqual(heard, ["Enter"]);
  end();
  press(page, "Escape", { keyCode: 229 });
  assert.deepEqual(heard, ["Enter", "Escape"]);
});
