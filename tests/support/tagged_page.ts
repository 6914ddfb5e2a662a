/** A page as somebody gets it who may have it already, with its entity tag. */
import type { Person } from "./chat_client.ts";

export interface TaggedPage {
  path: string;
  status: number;
  tag: string | null;
  body: string;
  headers: Headers;
}

/** @param tag of the page that one has */
export async function getPage(
  url: string,
  person: Person,
  path: string,
  tag: string | null = null,
): Promise<TaggedPage> {
  const response = await fetch(url + path, {
    headers: {
      authorization: `Bearer ${person.token}`,
      ...(tag === null ? {} : { "if-none-match": tag }),
    },
    redirect: "manual",
  });
  const { status, headers } = response;
  return { path, status, tag: headers.get("etag"), body: await response.text(), headers };
}
