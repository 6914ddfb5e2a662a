/** Every request passes through here: its origin, its answer's security headers, and its caller. */
import { identify } from "../lib/http/identify.ts";
import { locate } from "../lib/http/locate.ts";
import { crossOrigin, secure } from "../lib/http/security.ts";

export default [locate, secure, crossOrigin, identify];
