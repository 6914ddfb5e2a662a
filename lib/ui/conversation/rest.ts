/**
 * What a conversation has that its first view does without: see `parts/at_rest.ts`. It is fetched as
 * one part: the tools of a message, and the list of completions.
 */
export { CompletionList } from "../completion/CompletionList.tsx";
export { MessageTools } from "./MessageTools.tsx";
export { PreviewMessages } from "./PreviewMessages.tsx";
export { SeenLine } from "../people/SeenLine.tsx";
