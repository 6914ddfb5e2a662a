/** The HTML around every page: what a browser needs to know before it shows anything. */
import type { ComponentChildren } from "preact";
import type { Language, Theme } from "../../protocol/accounts.ts";
import { useContext } from "preact/hooks";
import { type Brand, useBrand } from "../brand.ts";
import { isolate } from "../direction.ts";
import { pageWords } from "../catalogue/pages.ts";
import { KeptContext, marked } from "../kept/kept.ts";
import { LATER_STYLES } from "../parts/later_styles.ts";

export interface DocumentProps {
  language: Language;
  theme: Theme;
  /** What the page is; the product's name is added. */
  title?: string | undefined;
  /** Addresses of style sheets, in order. */
  stylesheets: string[];
  /** The address of the style sheet for what comes later: see `parts/later_styles.ts`. */
  laterStyles?: string | undefined;
  /** The addresses of those of formatted text and of files, where the page shows none: a script asks. */
  textStyles?: string | undefined;
  fileStyles?: string | undefined;
  /** Addresses of module scripts; none for pages that work without. */
  scripts?: string[];
  /** Addresses of modules that the scripts will ask for. */
  modules?: string[];
  /** The id of the element behind what is shown whole or not at all. */
  paintedFrom?: string;
  /** Whoever reads the page's address may use it: nobody is told where its reader came from. */
  secretAddress?: boolean;
  /** Without a script it is loaded again after so many seconds. */
  refresh?: number | undefined;
  children: ComponentChildren;
}

/** The whole document without `<!DOCTYPE html>`, which JSX cannot say: the route puts it first. */
export function Document({ children, ...props }: DocumentProps) {
  const head: HeadProps = { ...props, brand: useBrand() };
  const kept = useContext(KeptContext);
  return (
    <html lang={props.language} data-theme={props.theme}>
      <head>
        {kept === null
          ? <Head {...head} />
          : marked([kept.mark(`head ${JSON.stringify(head)}`, () => <Head {...head} />)])}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** All that decides what a browser is told beforehand. */
type HeadProps = Omit<DocumentProps, "children"> & { brand: Brand };

function Head(
  {
    language,
    theme,
    title,
    stylesheets,
    laterStyles,
    textStyles,
    fileStyles,
    scripts = [],
    modules = [],
    paintedFrom,
    secretAddress = false,
    refresh,
    brand: { name, logo, style },
  }: HeadProps,
) {
  const words = pageWords(language);
  return (
    <>
      <meta charset="utf-8" />
      <title>{title ? `${isolate(title)} — ${name}` : name}</title>
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
      />
      <meta name="color-scheme" content={theme === "system" ? "light dark" : theme} />
      <ThemeColors theme={theme} />
      <meta name="description" content={words.page.description} />
      <meta name="referrer" content={secretAddress ? "strict-origin" : "same-origin"} />
      {refresh !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(refresh)} />
        </noscript>
      )}
      {logo === null
        ? <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        : <link rel="icon" href={logo} />}
      <link rel="apple-touch-icon" href={logo ?? "/icon-192.png"} />
      <link rel="manifest" href="/manifest.webmanifest" />
      {stylesheets.map((href) => <link key={href} rel="stylesheet" href={href} />)}
      {textStyles !== undefined && (
        <link rel="stylesheet" href={textStyles} data-text {...DISABLED} />
      )}
      {fileStyles !== undefined && (
        <link rel="stylesheet" href={fileStyles} data-files {...DISABLED} />
      )}
      {style !== null && <link rel="stylesheet" href={style} />}
      {laterStyles !== undefined && <meta name={LATER_STYLES} content={laterStyles} />}
      {paintedFrom !== undefined && <link rel="expect" href={`#${paintedFrom}`} {...BLOCKING} />}
      {modules.map((href) => <link key={href} rel="modulepreload" href={href} />)}
      {scripts.map((src) => <script key={src} type="module" src={src} />)}
    </>
  );
}

/** What the types of Preact do not know of a link: that it loads nothing until a script says so. */
const DISABLED = { disabled: true };
/** … and of one that lets nothing be painted before (HTML, "blocking attributes"). */
const BLOCKING = { blocking: "render" };

/** The browser's own frame takes the colour of the side bar (tokens.css, `--bg-side`). */
const FRAME = { light: "#f6f5f2", dark: "#111214" };

function ThemeColors({ theme }: { theme: Theme }) {
  if (theme !== "system") return <meta name="theme-color" content={FRAME[theme]} />;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={FRAME.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={FRAME.dark} />
    </>
  );
}
