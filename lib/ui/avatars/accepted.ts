/** Which files can be somebody's picture: what a browser can show, and the server can make small. */
export const PICTURES = "image/png,image/jpeg,image/webp,image/gif,image/avif";
