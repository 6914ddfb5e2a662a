/** The part of the scene that is about what waits for its time: see `openapi_scene.ts`. */
import type { Person } from "../support/api_client.ts";
import type { Scene } from "./openapi_scene.ts";

/** In the year 2100. */
const FAR = 4_102_444_800_000;
const GENERAL = 1;

/** What is allowed. */
export async function planLater(scene: Scene, ann: Person): Promise<void> {
  await scene.as(ann, "remind", 204);
  await scene.as(ann, "listReminders", 200);
  await scene.as(ann, "dropReminder", 204);
  const clientId = "happy-new-century-1";
  const body = { clientId, text: "Happy new century!", at: FAR };
  await scene.as(ann, "scheduleMessage", 201, { body });
  await scene.as(ann, "scheduleMessage", 200, { body });
  await scene.as(ann, "listScheduled", 200);
  await scene.as(ann, "changeScheduled", 200);
  await scene.as(ann, "scheduleMessage", "conflict", { body });
  await scene.as(ann, "cancelScheduled", 204, { query: "files=keep" });
}

/** What is refused. */
export async function planInVain(
  scene: Scene,
  { ann, bob, hidden, open }: { ann: Person; bob: Person; hidden: number; open: number },
): Promise<void> {
  const past = { at: 1 };
  await scene.as(ann, "remind", "invalid", { body: past });
  await scene.as(bob, "remind", "not_found", { params: { id: 9999 } });
  await scene.as(bob, "dropReminder", "not_found", { params: { id: 9999 } });
  await scene.as(ann, "scheduleMessage", "invalid", { body: { text: "x", ...past } });
  await scene.as(bob, "scheduleMessage", "not_found", { params: { id: hidden } });
  await scene.as(bob, "scheduleMessage", "forbidden", { params: { id: open } });
  const params = { id: await plan(scene, ann, "x".repeat(150)) };
  await scene.as(ann, "changeScheduled", "invalid", { params, body: past });
  for (const id of ["changeScheduled", "cancelScheduled", "sendScheduled"]) {
    await scene.as(bob, id, "not_found", { params });
  }
  await sendInVain(scene, ann, params);
}

async function sendInVain(scene: Scene, ann: Person, params: { id: number }): Promise<void> {
  const set = (textLength: number | null) =>
    ann.api.request("PATCH", "/api/workspace/settings", { textLength });
  await set(100);
  await scene.as(ann, "sendScheduled", "invalid", { params });
  await set(null);
  await scene.as(ann, "sendScheduled", 201, { params });
  const { api } = ann;
  const room = await api.post<{ id: number }>("/api/rooms", { kind: "public", name: "Over soon" });
  const last = { id: await plan(scene, ann, "Too late", room.id) };
  await api.request("PATCH", `/api/rooms/${room.id}`, { archived: true });
  await scene.as(ann, "sendScheduled", "forbidden", { params: last });
  const clientId = "said-twice-0000001";
  const twice = { id: await plan(scene, ann, "Once", GENERAL, clientId) };
  await api.request("POST", `/api/rooms/${GENERAL}/messages`, { clientId, text: "Other" });
  await scene.as(ann, "sendScheduled", "conflict", { params: twice });
}

async function plan(
  scene: Scene,
  ann: Person,
  text: string,
  id = GENERAL,
  clientId: string = crypto.randomUUID(),
): Promise<number> {
  const body = { text, at: FAR, clientId };
  const answer = await scene.as(ann, "scheduleMessage", 201, { params: { id }, body });
  return (answer.body as { id: number }).id;
}
