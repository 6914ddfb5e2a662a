/** Devices, as Russian pages and letters call them. */
import assert from "node:assert/strict";
import { deviceName } from "../../../lib/auth/device.ts";
import { deviceInRussian } from "../../../lib/ui/catalogue/device_names.ts";

const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 " +
  "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

Deno.test("a browser and its system are called in the reader's language, all else as it is", () => {
  assert.equal(deviceInRussian(deviceName(SAFARI)), "Safari на iPhone");
  assert.equal(deviceInRussian("Firefox on Linux"), "Firefox на Linux");
  for (const same of ["curl", "", "Robot on the moon", " on "]) {
    assert.equal(deviceInRussian(same), same);
  }
});
