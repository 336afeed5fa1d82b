/** A whole number as INF files write them (MS-GPSB 2.2.1.1): decimal or `0x…`, optional minus; null: not a number. */
export function parseInteger(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(-?\d{1,15}|0[xX][0-9a-fA-F]{1,12})$/.test(trimmed)) return null;
  return Number(trimmed);
}

export const maxUint32 = 0xffff_ffff;
