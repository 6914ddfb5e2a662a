/** The second factor: what lets in, and each way to get around it. */
import assert from "node:assert/strict";
import { ann, bob, caller, fails, home } from "./auth_fixture.ts";
import { withFactors } from "./factors_fixture.ts";

const elsewhere = { address: "203.0.113.9", userAgent: "Mozilla/5.0" };
const MINUTE = 60_000;

Deno.test("with an app the password is half of the way in, its code the other half", () =>
  withFactors(async ({ auth, factors, me, setUp, ticket }) => {
    const { codes, code, uri } = await setUp();
    assert.match(uri, /^otpauth:\/\/totp\/Confab:Ann\?issuer=Confab&secret=[A-Z2-7]{32}&/);
    assert.equal(new Set(codes).size, 10);
    for (const one of codes) assert.match(one, /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    const signedIn = await auth.loginSecond({ ticket: await ticket(), code: code(1) }, home);
    const here = await caller(auth, signedIn.token);
    assert.deepEqual([here.user.username, here.way], ["Ann", "password"]);
    assert.equal((await factors.state(me)).recoveryCodes, 10);
  }));

Deno.test("a code with spaces, or of a clock half a minute off, is right; others are wrong", () =>
  withFactors(async ({ auth, clock, setUp, ticket }) => {
    const { code } = await setUp();
    clock.now += 10 * MINUTE;
    const late = code(-1);
    await auth.loginSecond(
      { ticket: await ticket(), code: `${late.slice(0, 3)} ${late.slice(3)}` },
      home,
    );
    for (const wrong of [code(-2), code(2), "", "000", "1234567", "nonsense"]) {
      await fails(
        auth.loginSecond({ ticket: await ticket(), code: wrong }, home),
        "unauthenticated",
      );
    }
    await auth.loginSecond({ ticket: await ticket(), code: code(1) }, home);
  }));

Deno.test("a code that was used is worth nothing within its window, on another ticket too", () =>
  withFactors(async ({ auth, clock, setUp, ticket }) => {
    const { code } = await setUp();
    await fails(
      auth.loginSecond({ ticket: await ticket(), code: code() }, home),
      "unauthenticated",
    );
    clock.now += MINUTE;
    const [first, second, third] = [await ticket(), await ticket(), await ticket()];
    const used = code();
    const raced = await Promise.allSettled(
      [first, second].map((ticket) => auth.loginSecond({ ticket, code: used }, home)),
    );
    assert.equal(raced.filter(({ status }) => status === "fulfilled").length, 1);
    await fails(auth.loginSecond({ ticket: third, code: used }, home), "unauthenticated");
    await fails(auth.loginSecond({ ticket: third, code: code(-1) }, home), "unauthenticated");
    await auth.loginSecond({ ticket: third, code: code(1) }, home);
  }));

Deno.test("a recovery code works once, however it is typed, and a used one leaves no other way", () =>
  withFactors(async ({ auth, factors, me, setUp, ticket }) => {
    const { codes: [first = "", second = ""] } = await setUp();
    const typed = ` ${first.toUpperCase().replaceAll("-", " ").replaceAll("0", "O")} `;
    await auth.loginSecond({ ticket: await ticket(), code: typed }, home);
    assert.equal((await factors.state(me)).recoveryCodes, 9);
    await fails(auth.loginSecond({ ticket: await ticket(), code: first }, home), "unauthenticated");
    const renewed = await factors.renewCodes(me, ann.password, home);
    assert.equal(renewed.length, 10);
    await fails(
      auth.loginSecond({ ticket: await ticket(), code: second }, home),
      "unauthenticated",
    );
  }));

Deno.test("a ticket ends after five tries, five minutes, its use, and a new password", () =>
  withFactors(async ({ auth, clock, me, setUp, ticket }) => {
    const { code } = await setUp();
    clock.now += MINUTE;
    const tried = await ticket();
    for (let i = 0; i < 5; i++) {
      await fails(auth.loginSecond({ ticket: tried, code: "000000" }, home), "unauthenticated");
    }
    const gone = "This sign-in has expired. Begin again.";
    const right = (ticket: string) => auth.loginSecond({ ticket, code: code() }, home);
    await fails(right(tried), "unauthenticated", gone);
    const old = await ticket();
    clock.now += 5 * MINUTE;
    await fails(right(old), "unauthenticated", gone);
    const used = await ticket();
    await right(used);
    clock.now += MINUTE;
    await fails(right(used), "unauthenticated", gone);
    const before = await ticket();
    await auth.changePassword(me, ann.password, "a wholly new password");
    await fails(right(before), "unauthenticated", gone);
    await fails(right("forged"), "unauthenticated", gone);
    await fails(right(""), "unauthenticated", gone);
  }));

Deno.test("no two sign-ins have one ticket, and one that was never shown opens nothing", () =>
  withFactors(async ({ auth, setUp, ticket }) => {
    await Promise.all([1, 2, 3].map(() => auth.login(bob, home)));
    await setUp();
    const tickets = await Promise.all(Array.from({ length: 6 }, () => ticket()));
    assert.equal(new Set(tickets).size, 6);
    const others = await Promise.all([auth.login(bob, home), ticket(), auth.login(bob, home)]);
    assert.ok(!tickets.includes(others[1]));
  }));

Deno.test("who knows the password guesses few codes, however many tickets they ask for", () =>
  withFactors(async ({ auth, clock, setUp, ticket }) => {
    const { code } = await setUp();
    const guess = async (at: number) => {
      const client = { ...elsewhere, address: `203.0.113.${at}` };
      return await auth.loginSecond({ ticket: await ticket(client), code: "000000" }, client)
        .then(() => "in", (error) => error.code as string);
    };
    const outcomes: string[] = [];
    for (let at = 1; at <= 25; at++) outcomes.push(await guess(at));
    assert.deepEqual(outcomes.slice(18), [
      ...Array(2).fill("unauthenticated"),
      ...Array(5).fill("rate_limited"),
    ]);
    clock.now += 15 * MINUTE;
    assert.deepEqual([await guess(1), await guess(2)], ["unauthenticated", "rate_limited"]);
    // Its owner, where they are signed in, is not kept out.
    await auth.loginSecond({ ticket: await ticket(), code: code() }, home);
  }, { authRate: 1000 }));

Deno.test("an app is set up only by whoever knows the password, and counts from its code on", () =>
  withFactors(async ({ auth, clock, factors, me }) => {
    await fails(factors.beginTotp(me, {}), "invalid");
    await fails(factors.beginTotp(me, { password: "something else" }), "forbidden");
    await fails(factors.confirmTotp(me, "123456", home), "conflict");
    await factors.beginTotp(me, ann);
    await fails(factors.confirmTotp(me, "nonsense", home), "forbidden");
    await auth.login(ann, home); // not asked yet
    clock.now += 16 * MINUTE;
    await fails(factors.confirmTotp(me, "123456", home), "conflict");
    assert.equal(await factors.waitingTotp(me), null);
  }));

Deno.test("an app is taken off by the password or a session that has just shown it", () =>
  withFactors(async ({ auth, clock, factors, me, setUp }) => {
    await setUp();
    await fails(factors.removeTotp(me, "something else", home), "forbidden");
    clock.now += 16 * MINUTE;
    await fails(factors.removeTotp(me, undefined, home), "confirm_first");
    await fails(factors.renewCodes(me, undefined, home), "confirm_first");
    await factors.removeTotp({ ...me, confirmedAt: clock.now }, undefined, home);
    await auth.login(ann, home);
    await fails(factors.renewCodes(me, ann.password, home), "conflict");
  }));

Deno.test("a signed-in person proves themselves by a code, each once", () =>
  withFactors(async ({ clock, factors, me, setUp }) => {
    const { code, codes: [recovery = ""] } = await setUp();
    clock.now += MINUTE;
    await fails(factors.prove(me, "000000"), "forbidden");
    await factors.prove(me, code());
    await fails(factors.prove(me, code()), "forbidden");
    await factors.prove(me, recovery);
    await fails(factors.prove(me, recovery), "forbidden");
  }));

Deno.test("failed sign-ins of staff are in the log, a few of many, and nobody waits for them", () =>
  withFactors(async ({ store, auth, clock, setUp, ticket, me }) => {
    await setUp();
    const wrong = { password: "guessing" };
    for (let i = 0; i < 12; i++) {
      const client = { ...elsewhere, address: `203.0.113.${i}` };
      await fails(auth.login({ ...wrong, username: "ann" }, client), "unauthenticated");
      await fails(auth.login({ ...wrong, username: "bob" }, client), "unauthenticated");
      await fails(auth.login({ ...wrong, username: "nobody" }, client), "unauthenticated");
    }
    clock.now += 5 * MINUTE;
    await fails(
      auth.loginSecond({ ticket: await ticket(), code: "000000" }, home),
      "unauthenticated",
    );
    await auth.close();
    const log = { userId: me.user.id, before: null, limit: 50, action: "sign_in.failed" } as const;
    const { entries } = await store.listAudit(log);
    assert.equal(entries.length, 11);
    assert.deepEqual(entries[0]?.detail, { step: "second" });
    assert.ok(entries.every(({ target }) => target?.kind === "user" && target.id === 1));
  }));
