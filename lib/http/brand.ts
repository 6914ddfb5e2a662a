/** Where the workspace's name, picture and colours are, for pages. */
import { type ComponentChildren, h } from "preact";
import { type Brand, BrandContext } from "../ui/brand.ts";
import type { CurrentWorkspace } from "../workspace/current_workspace.ts";

export function brandOf(workspace: CurrentWorkspace): Brand {
  const { name, logo } = workspace.forClients();
  const colour = workspace.get("colour");
  // The colour is the version: each has its own address, which may be kept for ever.
  return {
    name,
    logo,
    style: colour === null ? null : `/workspace/colours.css?v=${colour.slice(1)}`,
  };
}

export interface BrandedProps {
  workspace: CurrentWorkspace;
  children: ComponentChildren;
}

/** Gives all pages within it the brand. */
export function Branded({ workspace, children }: BrandedProps) {
  return h(BrandContext.Provider, { value: brandOf(workspace), children });
}
