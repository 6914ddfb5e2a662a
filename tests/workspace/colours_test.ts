/** Whatever colour staff choose, what is written in it or on it can be read. */
import assert from "node:assert/strict";
import { accentColours, coloursCss, contrast } from "../../lib/workspace/colours.ts";

const BEHIND = { light: ["#ffffff", "#f6f5f2"], dark: ["#17181b", "#111214", "#222429"] } as const;

Deno.test("contrast is what WCAG says", () => {
  assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.equal(contrast("#4740d4", "#4740d4"), 1);
});

Deno.test("of every colour text in it, and text on it, is readable in both themes", () => {
  const parts = ["00", "33", "66", "99", "cc", "ff"];
  const colours = parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => `#${r}${g}${b}`)));
  for (const colour of colours) {
    for (const theme of ["light", "dark"] as const) {
      const { accent, strong, on, wash } = accentColours(colour)[theme];
      for (const behind of [...BEHIND[theme], wash]) {
        const ratio = contrast(accent, behind);
        assert.ok(ratio >= 4.5, `${colour} ${theme}: ${accent} on ${behind} is ${ratio}`);
      }
      for (const button of [accent, strong]) {
        const ratio = contrast(on, button);
        assert.ok(ratio >= 4.5, `${colour} ${theme}: ${on} on ${button} is ${ratio}`);
      }
    }
  }
});

Deno.test("a colour that can be read is taken as it is", () => {
  assert.equal(accentColours("#4740d4").light.accent, "#4740d4");
  assert.equal(accentColours("#9d9bff").dark.accent, "#9d9bff");
});

Deno.test("the style sheet holds colours and nothing else", () => {
  assert.match(
    coloursCss("#e6a100"),
    /^:root \{\n( {2}--[\w-]+: light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\);\n)+\}\n$/,
  );
});
