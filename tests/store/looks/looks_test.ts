import assert from "node:assert/strict";
import { CONFUSABLES_VERSION } from "../../../lib/store/looks/confusables.ts";
import { looksOf, skeleton } from "../../../lib/store/looks/looks.ts";

const alike = (one: string, other: string) => looksOf(one).some((a) => looksOf(other).includes(a));

Deno.test("a skeleton is what UTS #39 makes of a text", () => {
  assert.equal(CONFUSABLES_VERSION, "17.0.0");
  const cases: [string, string][] = [
    ["paypal", "paypal"],
    ["раураl", "paypal"],
    ["scope", "scope"],
    ["ѕсоре", "scope"],
    ["modern", "rnodern"],
    ["1O0", "lOO"],
    ["a\u200db", "ab"],
    ["ȩ", "e\u0326"],
    ["𝐚", "a"],
  ];
  for (const [text, expected] of cases) assert.equal(skeleton(text), expected, text);
});

Deno.test("names that a person could take for each other have a look in common", () => {
  const pairs = [
    ["owner", "оwner"],
    ["owner", "0wner"],
    ["owner", "ΟWNER"],
    ["Ian", "lan"],
    ["adam1", "adaml"],
    ["corner", "comer"],
    ["ВОВ", "BOB"],
    ["ΡΑUL", "paul"],
    ["general", "gеnеral"],
    ["Zoë", "zoë"],
    ["anna", "аnnа"],
    ["owner", "owner\u2800"],
    ["owner", "\u{1d159}owner"],
    ["owner", "own\ufff9er"],
  ] as const;
  for (const [one, other] of pairs) assert.ok(alike(one, other), `${one} ${other}`);
});

Deno.test("honest names of many scripts are nobody else's", () => {
  const names = ["ann", "anna", "hannah", "ben", "zoe", "zoë", "Анна", "Ольга", "Юля", "李小龙"];
  const more = ["李小", "سارة", "دنة", "דנה", "Γιώργος", "Νίκος", "サクラ", "さくら", "ian", "lan"];
  const all = [...names, ...more, "ivan", "lvan2", "user10", "user11", "j.r-r", "j_r-r"];
  for (const [at, one] of all.entries()) {
    for (const other of all.slice(at + 1)) assert.ok(!alike(one, other), `${one} ${other}`);
  }
});
