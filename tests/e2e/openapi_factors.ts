/** The requests about the second factor, of the document's scene (`openapi_scene.ts`). */
import { TOTP } from "otpauth";
import { EXAMPLE_PASSWORD } from "../../lib/http/openapi/examples.ts";
import type { Cast, Scene } from "./openapi_scene.ts";

/** Ann sets an app up, signs in with it and takes it off; Bob may not take Ann's off. */
export async function secondFactor(scene: Scene, { ann, bob }: Cast): Promise<void> {
  await scene.as(ann, "setUpTotp", "conflict", { body: { code: "123456" } });
  await scene.as(ann, "renewRecoveryCodes", "conflict");
  const { body } = await scene.as(ann, "setUpTotp", 200);
  const { secret } = body as { secret: string };
  const app = new TOTP({ secret });
  await scene.as(ann, "setUpTotp", 200, { body: { code: app.generate() } });
  await scene.as(ann, "getTotp", 200);
  await scene.as(ann, "renewRecoveryCodes", 200);
  const { body: asked } = await scene.as(null, "login", "second_factor");
  const { ticket } = asked as { ticket: string };
  await scene.as(null, "loginSecond", "unauthenticated", { body: { ticket, code: "nonsense" } });
  const next = app.generate({ timestamp: Date.now() + 30_000 });
  await scene.as(null, "loginSecond", 200, { body: { ticket, code: next } });
  await scene.as(ann, "removeTotp", 204, { body: { password: EXAMPLE_PASSWORD } });
  await scene.as(bob, "removeFactors", "forbidden", { params: { id: 1 } });
  await scene.as(ann, "removeFactors", 204);
}
