/** `/manifest.webmanifest`: what an installed app is called, and its icons. */
import { brandOf } from "../lib/http/brand.ts";
import { define } from "../lib/http/state.ts";

const ICONS = [
  { src: "/favicon.svg", type: "image/svg+xml", sizes: "any" },
  { src: "/icon-192.png", type: "image/png", sizes: "192x192" },
  { src: "/icon-512.png", type: "image/png", sizes: "512x512" },
  { src: "/icon-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
];
/** The frame takes the colour of the side bar (tokens.css, `--bg-side`). */
const FRAME = "#f6f5f2";

export const handler = define.handlers({
  GET({ state }) {
    const { name, logo } = brandOf(state.services.workspace);
    const own = logo === null ? [] : [{ src: logo, sizes: "any" }];
    const manifest = {
      id: "/",
      name,
      short_name: name,
      start_url: "/",
      scope: "/",
      display: "standalone",
      background_color: FRAME,
      theme_color: FRAME,
      icons: [...own, ...ICONS],
    };
    return new Response(JSON.stringify(manifest), {
      headers: { "content-type": "application/manifest+json", "cache-control": "no-cache" },
    });
  },
});
