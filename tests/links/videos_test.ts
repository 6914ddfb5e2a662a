/** Videos of known sites, by their addresses. */
import assert from "node:assert/strict";
import { videoAt } from "../../lib/links/videos.ts";

const at = (address: string) => {
  const video = videoAt(new URL(address));
  return video === null ? null : `${video.kind} ${video.id}`;
};

Deno.test("videos are known in every form in which people share them", () => {
  const youtube = "youtube dQw4w9WgXcQ";
  const rutube = "rutube 0123456789abcdef0123456789abcdef";
  for (
    const [address, video] of [
      ["https://www.youtube.com/watch?v=dQw4w9WgXcQ", youtube],
      ["https://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=1m30s", `${youtube}?90`],
      ["https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", `${youtube}?42`],
      ["https://youtube.com/shorts/dQw4w9WgXcQ", youtube],
      ["https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", youtube],
      ["https://music.youtube.com/watch?v=dQw4w9WgXcQ", youtube],
      ["https://vimeo.com/76979871", "vimeo 76979871"],
      ["https://vimeo.com/76979871/abcdef0123", "vimeo 76979871/abcdef0123"],
      ["https://player.vimeo.com/video/76979871?h=abcdef0123", "vimeo 76979871/abcdef0123"],
      ["https://rutube.ru/video/0123456789abcdef0123456789abcdef/", rutube],
      ["https://rutube.ru/shorts/0123456789abcdef0123456789abcdef/", rutube],
      ["https://rutube.ru/play/embed/0123456789abcdef0123456789abcdef", rutube],
      [
        "https://rutube.ru/video/private/0123456789abcdef0123456789abcdef/?p=Ab_c-d12",
        `${rutube}/Ab_c-d12`,
      ],
      ["https://vk.com/video-22822305_456241864", "vk -22822305_456241864"],
      ["https://vkvideo.ru/video-22822305_456241864", "vk -22822305_456241864"],
      ["https://vk.com/clip-1_2", "vk -1_2"],
      ["https://vk.com/feed?z=video-1_2%2Fabc", "vk -1_2"],
      ["https://vkvideo.ru/playlist/-1_2/video-1_3", "vk -1_3"],
      ["https://www.dailymotion.com/video/x8abcd1", "dailymotion x8abcd1"],
      ["https://dai.ly/x8abcd1", "dailymotion x8abcd1"],
    ] as const
  ) assert.equal(at(address), video, address);
});

Deno.test("nothing else is a video, nor gets into an address of a player", () => {
  for (
    const address of [
      "https://www.youtube.com/",
      "https://www.youtube.com/watch?v=../../evil",
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload",
      "https://youtu.be/",
      "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
      "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
      "https://vimeo.com/about",
      "https://rutube.ru/channel/123/",
      "https://vk.com/id1",
      "https://vk.com/video",
      "https://www.dailymotion.com/user/x8abcd1",
      "https://example.com/watch?v=dQw4w9WgXcQ",
    ]
  ) assert.equal(at(address), null, address);
});
