/** What every request goes through: where it comes from, what its answer may do in a browser, who asks. */
import { identify } from "../lib/http/identify.ts";
import { locate } from "../lib/http/locate.ts";
import { crossOrigin, secure } from "../lib/http/security.ts";

export default [locate, secure, crossOrigin, identify];
