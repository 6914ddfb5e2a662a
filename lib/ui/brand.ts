/**
 * What the workspace is called and looks like, on every page that the server writes. It comes by
 * a context, so that no page can forget it.
 */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

export interface Brand {
  name: string;
  /** Address of its picture; null for the product's mark. */
  logo: string | null;
  /** Address of a style sheet with its colours; null for the product's. */
  style: string | null;
}

export const BrandContext = createContext<Brand>({ name: "Confab", logo: null, style: null });

export function useBrand(): Brand {
  return useContext(BrandContext);
}
