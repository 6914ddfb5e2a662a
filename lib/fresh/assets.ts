/**
 * Which script and styles a page needs for an entry of the browser build. From Vite's manifest
 * in production, from Vite's development server otherwise. It reads one file and knows no page.
 */

/** Addresses for `<script type="module">`, `<link rel="stylesheet">` and `modulepreload`. */
export interface EntryAssets {
  script: string | null;
  styles: string[];
  preload: string[];
}

/** Looks an entry up by its source path ("client.ts", "lib/ui/styles/auth.css"). */
export type Assets = (entry: string) => EntryAssets;

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** From dist/.vite/manifest.json; fails if there is no build. */
export async function loadAssets(dist: URL): Promise<Assets> {
  return assetsOf(JSON.parse(await Deno.readTextFile(new URL(".vite/manifest.json", dist))));
}

/** Throws for an entry that was not built: a missing script must not go unnoticed. */
export function assetsOf(manifest: Record<string, Chunk>): Assets {
  return (entry) => {
    const chunk = manifest[entry];
    if (chunk === undefined) throw new Error(`The browser build has no entry "${entry}".`);
    if (chunk.file.endsWith(".css")) {
      return { script: null, styles: [`/${chunk.file}`], preload: [] };
    }
    const imported = importsOf(chunk, manifest, new Set([entry]));
    const styles = [chunk, ...imported].flatMap((each) => each.css ?? []);
    return {
      script: `/${chunk.file}`,
      styles: [...new Set(styles)].map((file) => `/${file}`),
      preload: imported.map((each) => `/${each.file}`),
    };
  };
}

function importsOf(chunk: Chunk, manifest: Record<string, Chunk>, seen: Set<string>): Chunk[] {
  return (chunk.imports ?? []).flatMap((name) => {
    const imported = manifest[name];
    if (imported === undefined || seen.has(name)) return [];
    seen.add(name);
    return [imported, ...importsOf(imported, manifest, seen)];
  });
}

/** Vite's development server serves sources by their own path; scripts load their styles. */
export const developmentAssets: Assets = (entry) =>
  entry.endsWith(".css")
    ? { script: null, styles: [`/${entry}`], preload: [] }
    : { script: `/${entry}`, styles: [], preload: [] };
