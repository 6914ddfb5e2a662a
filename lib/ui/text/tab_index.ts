/** The way of the Tab key through a list of messages: into one of them, not through each. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The `tabIndex` of controls in a message: Tab reaches only those of the last visited message. */
export const InMessage = createContext<0 | -1>(0);

export function useTabIndex(): 0 | -1 {
  return useContext(InMessage);
}
