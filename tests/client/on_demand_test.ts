import assert from "node:assert/strict";
import { onDemand } from "../../lib/client/on_demand.ts";
import { RequestError, unreachable } from "../../lib/client/request_error.ts";

class Greeter {
  readonly #word = "hello";
  readonly said: string[] = [];

  twice(number: number): number {
    return number * 2;
  }

  say(name: string): void {
    this.said.push(`${this.#word}, ${name}`);
  }
}

Deno.test("an action waits for its script, and is done by what has its name there", async () => {
  const greeter = new Greeter();
  let loads = 0;
  const { twice, say } = onDemand(["twice", "say"], () => {
    loads++;
    return Promise.resolve(greeter);
  });
  assert.equal(loads, 0, "nothing is fetched before");
  assert.equal(await twice(21), 42);
  await say("ann");
  assert.deepEqual(greeter.said, ["hello, ann"]);
});

Deno.test("an action without its script is refused, and done as soon as that can be had", async () => {
  let isThere = false;
  const { twice } = onDemand(
    ["twice"],
    () => isThere ? Promise.resolve(new Greeter()) : Promise.reject(unreachable()),
  );
  void twice(1); // whoever does not wait hears nothing
  await assert.rejects(twice(1), new RequestError("offline", "The server cannot be reached."));
  isThere = true;
  assert.equal(await twice(1), 2);
});
