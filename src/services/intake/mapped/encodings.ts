/** Encodings of the files that packages write: strict, a byte that has no character is a fault and never a guess. */
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export const ENCODINGS = ['UTF-8', 'ISO-8859-1', 'ISO-8859-15', 'Windows-1252', 'CP850'] as const;
export type EncodingName = (typeof ENCODINGS)[number];

const UNKNOWN = 0xfffd;

/** The text of some bytes, or the place of the first that has no character in the encoding. */
export type Decoded = { readonly text: string } | { readonly badByte: number };

export type Decoder = (bytes: Buffer) => Decoded;

/**
 * For each byte its character; 0xFFFD for none. The control characters from 80 to 9F stand for none too: no file of
 * names and streets means them, and one that has them is in Windows-1252 or CP850.
 */
function characters(encoding: EncodingName): Uint16Array {
  const all = iconv.decode(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), encoding);
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    const code = all.charCodeAt(byte);
    return code >= 0x80 && code <= 0x9f ? UNKNOWN : code;
  });
}

function ofOneByte(encoding: EncodingName): Decoder {
  const table = characters(encoding);
  return (bytes) => {
    if (isAscii(bytes)) return { text: bytes.toString('latin1') };
    const codes = new Uint16Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const code = table[bytes[i]!]!;
      if (code === UNKNOWN) return { badByte: i };
      codes[i] = code;
    }
    return { text: Buffer.from(codes.buffer).toString('utf16le') };
  };
}

/** Where the bytes stop being UTF-8: the prefixes that are sound are found by halving. */
function badUtf8(bytes: Buffer): number {
  let from = 0;
  let to = bytes.length;
  while (to - from > 1) {
    const half = (from + to) >>> 1;
    // A cut within a character is no fault: up to three bytes more may complete it.
    const sound = [0, 1, 2, 3].some((more) => isUtf8(bytes.subarray(0, Math.min(bytes.length, half + more))));
    if (sound) from = half;
    else to = half;
  }
  return from;
}

const utf8: Decoder = (bytes) => {
  if (isAscii(bytes)) return { text: bytes.toString('latin1') };
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { badByte: badUtf8(bytes) };
};

const decoders = new Map<EncodingName, Decoder>([['UTF-8', utf8]]);

export function decoderOf(encoding: EncodingName): Decoder {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = ofOneByte(encoding);
    decoders.set(encoding, decoder);
  }
  return decoder;
}

/** The encodings in which the bytes are all characters, the strictest first: for advice and for a proposal. */
export function fittingEncodings(bytes: Buffer): EncodingName[] {
  return ENCODINGS.filter((encoding) => !('badByte' in decoderOf(encoding)(bytes)));
}
