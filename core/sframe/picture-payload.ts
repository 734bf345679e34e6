type Bytes = Uint8Array<ArrayBuffer>;

const NUMBER_BYTES = 2;
const LENGTH_BYTES = 2;
const TAIL_BYTES = NUMBER_BYTES + LENGTH_BYTES;
/** The longest attestation that a picture carries, in bytes. */
export const MAX_ATTESTATION_BYTES = 2_048;
/** Pictures of one encoder are numbered from 0 to this and then from 0 again. */
export const PICTURE_NUMBERS = 0x10000;

/** What is sealed as one picture. */
export interface PicturePayload {
  /** As the encoder made it. */
  readonly picture: Bytes;
  /** One more than that of the picture before from the same encoder. */
  readonly number: number;
  /** Empty for most pictures. */
  readonly attestation: Uint8Array;
}

/** What most pictures carry. */
export const NO_ATTESTATION: Uint8Array = new Uint8Array(0);

/** The picture, the attestation, the picture's number (16 bits) and the attestation's length (16 bits). */
export function encodePicturePayload({ picture, number, attestation }: PicturePayload): Bytes {
  const bytes = new Uint8Array(picture.length + attestation.length + TAIL_BYTES);
  bytes.set(picture);
  bytes.set(attestation, picture.length);
  const tail = new DataView(bytes.buffer, picture.length + attestation.length);
  tail.setUint16(0, number);
  tail.setUint16(NUMBER_BYTES, attestation.length);
  return bytes;
}

/** Null for bytes that are no payload. What comes back shares the memory of what went in. */
export function decodePicturePayload(bytes: Bytes): PicturePayload | null {
  const end = bytes.length - TAIL_BYTES;
  if (end < 0) return null;
  const tail = new DataView(bytes.buffer, bytes.byteOffset + end, TAIL_BYTES);
  const length = tail.getUint16(NUMBER_BYTES);
  if (length > MAX_ATTESTATION_BYTES || length > end) return null;
  return {
    picture: bytes.subarray(0, end - length),
    number: tail.getUint16(0),
    attestation: bytes.subarray(end - length, end),
  };
}
