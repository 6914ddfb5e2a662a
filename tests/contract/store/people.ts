/** Finding people: by the words of their names, among all and in a room, and by their ids. */
import assert from "node:assert/strict";
import { refused, type Stage, type StoreTest } from "./stage.ts";

async function named(stage: Stage, names: Record<string, string>) {
  const people: Record<string, Awaited<ReturnType<Stage["signup"]>>> = {};
  for (const [username, displayName] of Object.entries(names)) {
    const user = await stage.signup(username);
    people[username] = user;
    await stage.store.updateMe({ userId: user.id, displayName });
  }
  return people;
}

const finder = (stage: Stage) => async (q: string, limit = 10) =>
  (await stage.store.searchUsers({ userId: 1, q, limit })).map((user) => user.username);

export function peopleTests(test: StoreTest): void {
  test("any word of a name finds somebody, without accents and case", async (stage) => {
    await named(stage, { pepe: "José García", olga: "Ольга Королёва", wang: "王小明" });
    const found = finder(stage);
    for (const q of ["garcia", "GARCÍA", "gar", "jose", "jose gar", "gar pep"]) {
      assert.deepEqual(await found(q), ["pepe"], q);
    }
    assert.deepEqual(await found("королева"), ["olga"]);
    assert.deepEqual(await found("小明"), ["wang"]);
    assert.deepEqual(await found("jose korol"), []);
    assert.deepEqual(await found("arcia"), []);
  });

  test("a new display name is found at once, the old one no more", async (stage) => {
    const { ann } = await named(stage, { ann: "Ann Lee" });
    const found = finder(stage);
    assert.deepEqual(await found("lee"), ["ann"]);
    await stage.store.updateMe({ userId: ann!.id, displayName: "Ann Gómez" });
    assert.deepEqual([await found("lee"), await found("gomez")], [[], ["ann"]]);
    await stage.store.updateMe({ userId: ann!.id, theme: "dark" });
    assert.deepEqual(await found("gomez"), ["ann"]);
  });

  test("the very name comes first, then usernames that begin so, then other names", async (stage) => {
    await named(stage, {
      zoe: "Maria",
      mariana: "Ana",
      maria: "Mia",
      yan: "Maria Bauer",
      xenia: "Anna Maria",
    });
    assert.deepEqual(await finder(stage)("maria"), ["maria", "zoe", "mariana", "yan", "xenia"]);
    assert.deepEqual(await finder(stage)("maria", 2), ["maria", "zoe"]);
  });

  test("many of one name do not hide the one whose username it is", async (stage) => {
    for (let number = 0; number < 12; number++) await named(stage, { [`u${number}`]: "Maria" });
    await named(stage, { maria: "Zed" });
    const found = await finder(stage)("maria", 3);
    assert.equal(found.length, 3);
    assert.ok(found.includes("maria"), String(found));
  });

  for (const size of [3, 1_003]) {
    test(`of ${size} people in a room its members are found, and nobody else`, async (stage) => {
      const { ann, ben, cid } = await named(stage, {
        ann: "Ann García",
        ben: "Ben García",
        cid: "Cid García",
      });
      await Promise.all(
        Array.from({ length: size - 3 }, (_, index) => stage.signup(`other${index}`)),
      );
      await stage.remove(1, cid!, cid!);
      const found = async (q: string) =>
        (await stage.store.searchMembers({ userId: ann!.id, room: 1, q, limit: 5 }))
          .map((user) => user.username);
      assert.deepEqual(await found("garcia"), ["ann", "ben"]);
      assert.deepEqual(await found("be gar"), ["ben"]);
      assert.deepEqual(await found("ben"), ["ben"]);
      assert.deepEqual(await found("cid"), []);
      assert.deepEqual(await found("%"), []);
      assert.deepEqual((await found("")).slice(0, 2), ["ann", "ben"]);
      assert.ok(ben);
    });
  }

  test("a room's members are searched by its members alone", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const club = await stage.room("private", "club", ben, cid);
    const open = await stage.room("public", "open", ben);
    const search = (userId: number, room: number) =>
      stage.store.searchMembers({ userId, room, q: "b", limit: 5 });
    await refused("not_found", search(ann.id, club.id));
    await refused("forbidden", search(ann.id, open.id));
    await refused("not_found", search(ann.id, 99));
    assert.deepEqual((await search(cid.id, club.id)).map((user) => user.username), ["ben"]);
  });

  test("people are told by their ids, each once, and who is nobody is left out", async (stage) => {
    const people = await Promise.all(
      Array.from({ length: 40 }, (_, index) => stage.signup(`user${index}`)),
    );
    const ids = people.map((user) => user.id);
    const userId = ids[0]!;
    const told = await stage.store.listUsers({ userId, ids: [...ids, ...ids, 999] });
    assert.deepEqual(told.map((user) => user.id).sort((a, b) => a - b), ids.sort((a, b) => a - b));
    const { sessionId: _, ...ann } = people[3]!;
    assert.deepEqual(await stage.store.listUsers({ userId, ids: [ann.id] }), [ann]);
    assert.deepEqual(await stage.store.listUsers({ userId, ids: [] }), []);
  });

  test("of the people with these ids, a room's members can be asked for", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const club = await stage.room("private", "club", ben, cid);
    const ids = [ann.id, ben.id, cid.id];
    const told = await stage.store.listUsers({ userId: ben.id, ids, room: club.id });
    assert.deepEqual(told.map((user) => user.username).sort(), ["ben", "cid"]);
    await refused("not_found", stage.store.listUsers({ userId: ann.id, ids, room: club.id }));
  });

  test("to a guest, only those are there who share a room with it", async (stage) => {
    const { ann, ben, gus } = await stage.people("ann", "ben", "gus");
    const club = await stage.room("private", "club", ann, gus);
    await stage.remove(1, gus, gus);
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: gus.id, role: "guest", now });
    const told = async () =>
      (await stage.store.listUsers({ userId: gus.id, ids: [ann.id, ben.id, gus.id] }))
        .map((user) => user.username).sort();
    assert.deepEqual(await told(), ["ann", "gus"]);
    await stage.add(club.id, ann, ben);
    assert.deepEqual(await told(), ["ann", "ben", "gus"]);
  });

  test("what no text can hold may be asked for, and is nobody's name", async (stage) => {
    const { ann } = await stage.people("ann");
    const { store } = stage;
    for (const q of ["a\0", "\0", "ann\0", "a\ud800"]) {
      await store.searchUsers({ userId: ann.id, q, limit: 10 }); // by its other characters
      await store.searchMembers({ userId: ann.id, room: 1, q, limit: 10 });
      await store.browseRooms({ userId: ann.id, q, limit: 10 });
      assert.equal(await store.credentials({ username: q }), null, JSON.stringify(q));
    }
  });

  test("members come in pages by id, for members alone", async (stage) => {
    const { ann, ben, cid, dot } = await stage.people("ann", "ben", "cid", "dot");
    const club = await stage.room("private", "club", ann, cid, dot);
    const page = async (after: number, limit: number) =>
      (await stage.store.pageMembers({ userId: cid.id, room: club.id, after, limit }))
        .map((member) => [member.username, member.membership.role]);
    assert.deepEqual(await page(0, 2), [["ann", "owner"], ["cid", "member"]]);
    assert.deepEqual(await page(cid.id, 2), [["dot", "member"]]);
    assert.deepEqual(await page(dot.id, 2), []);
    await refused(
      "not_found",
      stage.store.pageMembers({ userId: ben.id, room: club.id, after: 0, limit: 2 }),
    );
  });
}
