/** The package that reads forms, with our types; loaded with the first form that has a file. */
// @ts-types="./busboy_types.ts"
export { default as busboy } from "busboy";
