/** The languages of code: how people name them, what they are called, and which have colours. */

const LANGUAGES = {
  bash: ["Shell", "sh", "shell", "zsh", "console"],
  c: ["C", "h"],
  cpp: ["C++", "c++", "cc", "hpp", "cxx"],
  csharp: ["C#", "cs", "c#"],
  css: ["CSS", "scss", "less"],
  diff: ["Diff", "patch"],
  dockerfile: ["Dockerfile", "docker"],
  go: ["Go", "golang"],
  ini: ["INI", "toml", "conf", "properties"],
  java: ["Java"],
  javascript: ["JavaScript", "js", "jsx", "mjs", "cjs", "node"],
  json: ["JSON", "jsonc", "json5"],
  kotlin: ["Kotlin", "kt", "kts"],
  lua: ["Lua"],
  markdown: ["Markdown", "md"],
  php: ["PHP"],
  python: ["Python", "py", "python3"],
  ruby: ["Ruby", "rb"],
  rust: ["Rust", "rs"],
  sql: ["SQL", "postgres", "postgresql", "sqlite", "mysql"],
  swift: ["Swift"],
  typescript: ["TypeScript", "ts", "tsx", "mts", "cts"],
  xml: ["XML", "html", "svg", "vue", "xhtml"],
  yaml: ["YAML", "yml"],
} as const;

export type Grammar = keyof typeof LANGUAGES;

/** Characters of a language that nobody here knows. */
const LONGEST = 30;

/** @param written what stands behind the fence */
export function languageNamed(written: string): { label: string; grammar: Grammar | null } {
  const name = written.toLowerCase();
  if (name === "html") return { label: "HTML", grammar: "xml" };
  for (const [grammar, [label, ...names]] of Object.entries(LANGUAGES)) {
    if (name !== grammar && !(names as readonly string[]).includes(name)) continue;
    return { label, grammar: grammar as Grammar }; // a key of the table
  }
  return { label: written.slice(0, LONGEST), grammar: null };
}
