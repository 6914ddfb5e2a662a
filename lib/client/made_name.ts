/** How a picture that was made anew in another form is called. Pure. */

const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
};

/** The name with the ending of its type: `IMG_1.HEIC` that is a JPEG now is `IMG_1.jpg`. */
export function madeName(name: string, type: string): string {
  const ending = ENDINGS[type];
  if (ending === undefined) return name;
  const found = /^(.+)\.([a-z0-9]{1,5})$/i.exec(name);
  if (found === null) return `${name}.${ending}`;
  const [, stem, old] = found;
  const isSame = old!.toLowerCase() === ending || (ending === "jpg" && /^jpe?g$/i.test(old!));
  return isSame ? name : `${stem}.${ending}`;
}
