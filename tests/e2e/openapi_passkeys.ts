/** The part of the scene that is about passkeys: from the first options to the last removal. */
import assert from "node:assert/strict";
import type { Person } from "../support/api_client.ts";
import { SoftPasskey } from "../support/soft_passkey.ts";
import type { Scene } from "./openapi_scene.ts";

export async function playPasskeys(scene: Scene, person: Person): Promise<void> {
  const key = await SoftPasskey.make();
  const site = { origin: scene.url, rpId: "localhost" };
  const challenge = async (id: string, as: Person | null = person) =>
    ((await scene.as(as, id, 200)).body as { challenge: string }).challenge;
  const asked = async (id: string, as: Person | null = person) => ({
    ...site,
    challenge: await challenge(id, as),
  });

  await scene.as(person, "setAfterPassword", "not_found");
  const passkey = await key.registration(await asked("addPasskey"));
  const { body } = await scene.as(person, "addPasskey", 201, { body: { passkey } });
  const { id } = body as { id: number };
  await scene.as(person, "addPasskey", "forbidden", { body: { passkey } });
  const again = await key.registration(await asked("addPasskey"));
  await scene.as(person, "addPasskey", "conflict", { body: { passkey: again } });
  await scene.as(person, "listPasskeys", 200);
  await scene.as(person, "setAfterPassword", 204);
  await scene.as(person, "renamePasskey", 204, { params: { id } });

  const shown = await key.assertion(await asked("loginPasskey", null));
  await scene.as(null, "loginPasskey", 200, { body: { passkey: shown } });
  await scene.as(null, "loginPasskey", "unauthenticated", { body: { passkey: shown } });
  const proof = await key.assertion(await asked("confirmPasskeyOptions"));
  await scene.as(person, "confirm", 204, { body: { passkey: proof } });
  await scene.as(person, "confirm", "forbidden", { body: { passkey: proof } });
  await scene.as(person, "removePasskey", 204, { params: { id } });
  const { passkeys } = (await scene.as(person, "listPasskeys", 200)).body as {
    passkeys: unknown[];
  };
  assert.deepEqual(passkeys, []);
}
