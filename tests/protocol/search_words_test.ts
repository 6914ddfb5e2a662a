/** How people are found: any word of a name, without case and accents, in any script. */
import assert from "node:assert/strict";
import {
  answers,
  foldForSearch,
  wordsOfName,
  wordsOfPerson,
  wordsOfQuery,
} from "../../lib/protocol/search_words.ts";
import { atOwnSpeed } from "../support/own_speed.ts";

function finds(name: string, ...queries: string[]): void {
  for (const query of queries) {
    assert.ok(answers(wordsOfName(name), wordsOfQuery(query)), `"${query}" should find ${name}`);
  }
}

function findsNot(name: string, ...queries: string[]): void {
  for (const query of queries) {
    const words = wordsOfQuery(query);
    assert.ok(words.length > 0 && !answers(wordsOfName(name), words), `"${query}" finds ${name}`);
  }
}

Deno.test("any word of a name is found by its beginning, with or without accents", () => {
  finds("José García", "garcia", "jose", "gar", "José", "GARCÍA", "garcia jose", "j g");
  finds("José García".normalize("NFD"), "garcia", "García");
  findsNot("José García", "arcia", "jose gonzalez", "josé garcía lorca");
  finds("Łukasz Øre Đorđe Þór Æsa", "lukasz", "ore", "dorde", "thor", "aesa");
});

Deno.test("every word of a question must be found", () => {
  finds("Anna Maria Bauer", "ma an", "bauer anna");
  findsNot("Anna Maria Bauer", "anna berta");
});

Deno.test("case is folded as each script has it", () => {
  finds("İbrahim Yıldız", "ibrahim", "IBRAHIM", "ıbrahim", "yildiz", "YILDIZ");
  finds("Groß Straße", "gross", "GROSS", "groß", "GROẞ", "strasse");
  finds("Фёдор Королёв", "федор", "ФЁДОР", "королев");
  finds("Νίκος Παπαδόπουλος", "νικος", "ΝΙΚΟΣ", "νικοσ", "Παπαδόπουλος");
  finds("Ａｎｎ　Ｌｅｅ", "ann", "ＬＥＥ", "lee");
  finds("ﬁona ſam", "fiona", "sam");
});

Deno.test("vowel points are left out where people leave them out, and not where they are letters", () => {
  finds("מֹשֶׁה", "משה");
  finds("مُحَمَّد", "محمد", "مـحمد");
  finds("علی", "علي");
  finds("हिन्दी", "हि");
  findsNot("हिन्दी", "हु");
  finds("がき", "がき");
  findsNot("がき", "かき");
});

Deno.test("in scripts without spaces any part of a name is found", () => {
  finds("王小明", "王", "小明", "明", "王小");
  findsNot("王小明", "王明");
  finds("佐藤さくら", "さくら", "藤さ");
  finds("김민준", "민준", "김", "준");
  finds("สมชาย ใจดี", "ชาย", "ใจดี");
});

Deno.test("the parts of a username are words, and so is all of it without its signs", () => {
  finds("ann.smith_2-x", "ann", "smith", "2", "annsmith2x", "ann.s", "ann_smith");
  finds("O’Brien", "obrien", "o'brien", "brien", "oʼbrien");
  finds("Jean-Luc", "luc", "jeanluc", "jean luc");
  assert.deepEqual(wordsOfPerson({ username: "ann", displayName: "Ann Lee" }), ["ann", "lee"]);
});

Deno.test("pictures in names are found, signs are no words", () => {
  finds("👩‍💻 Dev", "👩‍💻", "dev");
  for (const nothing of ["", "  ", "%", "_", "@", "*", "'", "\u200d"]) {
    assert.deepEqual(wordsOfQuery(nothing), [], JSON.stringify(nothing));
  }
});

Deno.test("hostile texts are folded at once, into few and short words", () => {
  const hostile = [
    "a" + "\u0300\u0323".repeat(500_000),
    "\ufdfa".repeat(500_000),
    "한".repeat(500_000),
    "a ".repeat(500_000),
    "'".repeat(500_000) + "a",
    "\ud800".repeat(500_000),
  ];
  for (const text of hostile) {
    const began = performance.now();
    const words = [...wordsOfName(text), ...wordsOfQuery(text)];
    const took = performance.now() - began;
    assert.ok(took < atOwnSpeed(200), `${took} ms`);
    assert.ok(words.length <= 200 && words.every((word) => word.length <= 40));
  }
});

Deno.test("folding what is folded changes nothing", () => {
  for (
    const name of ["José García", "Groß", "ΝΙΚΟΣ", "İbrahim", "김민준", "がき", "O’Brien", "علی"]
  ) {
    assert.equal(foldForSearch(foldForSearch(name)), foldForSearch(name));
  }
});
