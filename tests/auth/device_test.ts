import assert from "node:assert/strict";
import { deviceName } from "../../lib/auth/device.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

const NAMES: Record<string, string> = {
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox on Linux",
  [`Mozilla/5.0 (Linux; Android 15) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`]:
    "Chrome on Android",
  [`Mozilla/5.0 (Windows NT 10.0; Win64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`]:
    "Edge on Windows",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15":
    "Safari on macOS",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1":
    "Chrome on iPhone",
  "curl/8.14.1": "curl",
  "python-requests/2.32": "python-requests",
  "Deno/2.9.6": "Deno",
  "my bot": "my bot",
};

Deno.test("devices are named as their owners would", () => {
  for (const [userAgent, name] of Object.entries(NAMES)) {
    assert.equal(deviceName(userAgent), name);
  }
});

Deno.test("a stranger's name is cut to 40 printable characters", () => {
  assert.equal(deviceName("é".repeat(100)), "é".repeat(40));
  assert.equal(deviceName("evil\u202e\u0000\r\nagent"), "evilagent");
  assert.equal(deviceName("😀".repeat(50)), "😀".repeat(40));
});

Deno.test("a device that says nothing is unknown", () => {
  for (const nothing of [null, "", "  ", "\u202e"]) {
    assert.equal(deviceName(nothing), "Unknown device");
  }
});
