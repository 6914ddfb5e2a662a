import assert from "node:assert/strict";
import { CompletionField, listAttributes } from "../../../lib/ui/completion/completion_field.ts";

/** A list that tells what it was told. */
function list(told: string[], takes = false) {
  return {
    look: () => void told.push("look"),
    hide: () => void told.push("hide"),
    onKey: () => takes,
  };
}
const key = new Event("keydown") as KeyboardEvent;

Deno.test("what was written before the list came is looked at when it comes, once", () => {
  const field = new CompletionField();
  const told: string[] = [];
  field.look();
  field.attach(list(told));
  field.attach(list(told)); // as it does with each render
  assert.deepEqual(told, ["look"]);
});

Deno.test("who has left the field, or never wrote in it, is offered nobody", () => {
  const field = new CompletionField();
  const told: string[] = [];
  field.attach(list(told));
  field.detach();
  field.look();
  field.hide();
  field.attach(list(told));
  assert.deepEqual(told, []);
});

Deno.test("keys are the list's where there is one that takes them, and the field's else", () => {
  const field = new CompletionField();
  assert.equal(field.onKey(key), false);
  field.attach(list([], true));
  assert.equal(field.onKey(key), true);
  field.attach(list([]));
  assert.equal(field.onKey(key), false);
});

Deno.test("a list that goes leaves nothing chosen, and the field points at none", () => {
  const field = new CompletionField();
  field.attach(list([]));
  field.chosen.value = 2;
  assert.equal(listAttributes("l", field.chosen.value)["aria-activedescendant"], "l-2");
  field.detach();
  assert.deepEqual(listAttributes("l", field.chosen.value), {
    "aria-autocomplete": "list",
    "aria-controls": undefined,
    "aria-activedescendant": undefined,
  });
});
