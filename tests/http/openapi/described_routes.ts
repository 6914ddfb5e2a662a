/** The methods that the route files answer, and those that the document describes: which are not both. */
import type { RouteFile } from "../../../lib/fresh/route_files.ts";
import { baseName, patternOf } from "../../../lib/fresh/route_files.ts";
import { type OpenApiDocument, openPath } from "../../../lib/http/openapi/document.ts";

/**
 * No requests of the interface: the socket, which docs/protocol.md describes; pages, and what belongs
 * to them; the ways of a browser to a provider and back.
 */
const APART = [
  "/chat",
  "/settings",
  "/admin",
  "/admin/logo",
  "/manifest.webmanifest",
  "/workspace/colours.css",
  "/workspace/logo/:version",
  "/emoji/:name/:version",
  "/previews/:key/:version",
  "/avatars/:id/:version",
  "/rooms/:id/picture/:version",
  "/settings/avatar",
  "/api/docs/:file",
  "/login/oidc",
  "/login/oidc/link",
  "/login/oidc/callback",
  "/login/oidc/callback/:provider",
  "/login/oidc/backchannel",
];

/** One sentence for each method of a route that the document leaves out, and the other way round. */
export function differences(files: readonly RouteFile[], document: OpenApiDocument): string[] {
  const routes = new Set(files.flatMap(methodsOf));
  const described = new Set(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    ),
  );
  return [
    ...[...routes].filter((each) => !described.has(each))
      .map((each) => `${each} is not in the document.`),
    ...[...described].filter((each) => !routes.has(each))
      .map((each) => `${each} is in the document, and no route answers it.`),
  ];
}

/** A file with a component is a page, and no part of the interface. */
function methodsOf({ path, module }: RouteFile): string[] {
  if (baseName(path).startsWith("_") || module.default !== undefined) return [];
  const pattern = patternOf(path);
  if (APART.includes(pattern)) return [];
  const handler = module.handler ?? module.handlers;
  if (typeof handler !== "object" || handler === null) {
    throw new Error(`routes/${path} does not say which methods it answers.`);
  }
  return Object.keys(handler).map((method) => `${method} ${openPath(pattern)}`);
}
