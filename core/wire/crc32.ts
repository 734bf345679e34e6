const POLYNOMIAL = 0xedb8_8320;

/** CRC-32 (ISO 3309, as in zlib): finds slips of hand and of copying; it authenticates nothing. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
