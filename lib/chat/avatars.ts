/** People's pictures: everybody has their own. */
import { ConfabError, notFound } from "../errors.ts";
import type { Me } from "../protocol/accounts.ts";
import * as input from "../protocol/avatars.ts";
import { mayAct, maySeeUser } from "../protocol/permissions.ts";
import type { KeptPicture } from "../protocol/small_pictures.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

/** Counts what takes the work of decoding; of a room's picture and one's own alike. */
export const takePicture = defineCommand({
  schema: input.takePicture,
  access: byAccount(mayAct),
  async run({ store, uploadRate }, { userId }): Promise<void> {
    const wait = uploadRate.spend(userId);
    if (wait > 0) {
      const sentence = "You are sending pictures too fast.";
      throw new ConfabError("rate_limited", sentence, { retryAfter: wait });
    }
    // The store alone knows who was disabled meanwhile: nothing is decoded for them.
    await store.getUser({ userId, id: userId });
  },
});

export const setAvatar = defineCommand({
  schema: input.setAvatar,
  access: byAccount(mayAct),
  metered: true,
  run: ({ store }, { userId }, { picture }): Promise<Me> => store.setAvatar({ userId, picture }),
});

export const removeAvatar = defineCommand({
  schema: input.removeAvatar,
  access: byAccount(mayAct),
  metered: true,
  run: ({ store }, { userId }): Promise<Me> => store.setAvatar({ userId, picture: null }),
});

/** For whoever may see the person, as they look now. */
export const avatarPicture = defineCommand({
  schema: input.avatarPicture,
  access: inTransaction(maySeeUser),
  run: async ({ store }, { userId }, wanted): Promise<KeptPicture> => {
    const picture = await store.avatarPicture({ userId, ...wanted });
    if (picture === null) throw notFound("picture");
    return picture;
  },
});
