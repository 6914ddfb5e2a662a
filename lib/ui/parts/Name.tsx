/**
 * A name that people gave: isolated, so that neither its direction nor that of what is around it
 * moves the other (a Hebrew name before a number), and left alone by translators.
 */
import type { ComponentChildren } from "preact";
import { UNTRANSLATED } from "./untranslated.ts";

export interface NameProps {
  class?: string;
  /** The tooltip. */
  title?: string;
  children: ComponentChildren;
}

export function Name({ class: name, title, children }: NameProps) {
  return <bdi class={name} title={title} {...UNTRANSLATED}>{children}</bdi>;
}
