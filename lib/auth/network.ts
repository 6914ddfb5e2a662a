/** Whether an address is in a network, as settings write it: "10.0.0.2", "172.16.0.0/12". Pure. */

/** @param address in its shortest form, as `address.ts` gives it */
export function isInNetwork(address: string, network: string): boolean {
  const [base = "", bits] = network.split("/");
  const [one, other] = [bytesOf(address), bytesOf(base)];
  if (one === null || other === null || one.length !== other.length) return false;
  const length = bits === undefined ? one.length * 8 : Number(bits);
  return one.every((byte, index) => {
    const counted = Math.min(8, Math.max(0, length - index * 8));
    const mask = 0xff << (8 - counted);
    return (byte & mask) === (other[index]! & mask);
  });
}

/** 4 or 16 of them; `null` for what is no address. */
function bytesOf(address: string): number[] | null {
  if (/^\d+(\.\d+){3}$/.test(address)) return address.split(".").map(Number);
  const shortest = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1);
  if (shortest === undefined) return null;
  const [head = "", tail] = shortest.split("::");
  const groups = (text: string | undefined) => !text ? [] : text.split(":");
  const [left, right] = [groups(head), groups(tail)];
  const missing = Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...missing, ...right].map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255]);
}
