/**
 * The browser's entry for `/api/docs`: shows the description of the HTTP interface and lets the
 * reader try requests. The library behind it weighs 1.7 MB; no other page loads it.
 */
import "swagger-ui-dist/swagger-ui.css";
import "./lib/ui/styles/api_docs.css";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { API_DOCS_ID } from "./lib/ui/pages/api_docs.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");

/**
 * The library's dark theme is a class. The page follows the reader's setting, or else the system.
 */
function followTheme(): void {
  const { dataset: { theme }, classList } = document.documentElement;
  classList.toggle("dark-mode", theme === "dark" || (theme !== "light" && dark.matches));
}

followTheme();
dark.addEventListener("change", followTheme);

SwaggerUI({
  url: "/api/openapi.json",
  domNode: document.getElementById(API_DOCS_ID),
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // Send nothing elsewhere: the library would ask its maker's server whether this is valid.
  validatorUrl: null,
});
