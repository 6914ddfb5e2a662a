/**
 * What a conversation has that its first view does without: see `parts/at_rest.ts`. It is fetched as
 * one part: the tools of a message, the ways to what is out of sight, the list of completions, what a
 * draft answers or changes, why something was not sent.
 */
export { CatchUp } from "./CatchUp.tsx";
export { ComposerTarget } from "./ComposerTarget.tsx";
export { CompletionList } from "../completion/CompletionList.tsx";
export { Counter } from "./Counter.tsx";
export { EditFault } from "./EditFault.tsx";
export { LastReply } from "./LastReply.tsx";
export { MessageTools } from "./MessageTools.tsx";
export { PendingRest } from "./PendingRest.tsx";
export { PreviewMessages } from "./PreviewMessages.tsx";
export { SeenLine } from "../people/SeenLine.tsx";
