/** The browser's entry for pages on which a passkey is made or shown. */
import { watchPasskeys } from "./lib/ui/browser/passkeys.ts";

watchPasskeys(document);
