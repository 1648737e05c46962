/** Writes ZIP archives byte by byte, well-formed or lying on purpose: what a library for honest archives cannot do. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly data: Buffer;
  /** Unix mode, octal ("120777" a link); absent: none is told. */
  readonly mode?: string;
  readonly method?: number;
  readonly flags?: number;
  /** Lies: the true values where absent. */
  readonly crc?: number;
  readonly size?: number;
  readonly localName?: string;
  /** Bytes put between the compressed stream and the end of the entry. */
  readonly trailing?: Buffer;
  /** Share the local header and data of the first entry. */
  readonly overlap?: boolean;
}

export interface ZipShape {
  readonly prepend?: string;
  readonly append?: string;
  /** Bytes cut off the end. */
  readonly truncate?: number;
  readonly comment?: string;
  /** Entries that the directory says it has. */
  readonly count?: number;
  readonly zip64?: boolean;
}

const U32 = 0xffffffff;
const UTF8_NAMES = 0x800;

export function writeZip(entries: readonly ZipEntry[], shape: ZipShape = {}): Buffer {
  const parts: Buffer[] = [Buffer.from(shape.prepend ?? '')];
  const directory: Buffer[] = [];
  let at = parts[0]!.length;
  const zip64 = shape.zip64 === true;
  for (const entry of entries) {
    const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name);
    const localName = entry.localName === undefined ? name : Buffer.from(entry.localName);
    const method = entry.method ?? 8;
    const packed = Buffer.concat([
      method === 8 ? deflateRawSync(entry.data) : entry.data,
      entry.trailing ?? Buffer.alloc(0),
    ]);
    const crc = entry.crc ?? crc32(entry.data);
    const size = entry.size ?? entry.data.length;
    const flags = entry.flags ?? UTF8_NAMES;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(zip64 ? 45 : 20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(0x58210000, 6);
    common.writeUInt32LE(crc >>> 0, 10);
    common.writeUInt32LE(zip64 ? U32 : packed.length, 14);
    common.writeUInt32LE(zip64 ? U32 : size, 18);
    const extra = zip64 ? Buffer.alloc(28) : Buffer.alloc(0);
    const offset = entry.overlap === true ? parts[0]!.length : at;
    if (zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(packed.length), 12);
      extra.writeBigUInt64LE(BigInt(offset), 20);
    }
    common.writeUInt16LE(extra.length, 24);
    if (entry.overlap !== true) {
      const local = Buffer.from(common);
      local.writeUInt16LE(localName.length, 22);
      const head = Buffer.concat([signature(0x04034b50), local, localName, extra, packed]);
      parts.push(head);
      at += head.length;
    }
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.mode === undefined ? 0 : (Number.parseInt(entry.mode, 8) << 16) >>> 0, 6);
    tail.writeUInt32LE(zip64 ? U32 : offset, 10);
    const madeBy = Buffer.from([zip64 ? 45 : 20, 3]);
    directory.push(Buffer.concat([signature(0x02014b50), madeBy, common, tail, name, extra]));
  }
  const central = Buffer.concat(directory);
  parts.push(central);
  const count = shape.count ?? entries.length;
  if (zip64) {
    const end = Buffer.alloc(56);
    end.writeUInt32LE(0x06064b50, 0);
    end.writeBigUInt64LE(44n, 4);
    end.writeBigUInt64LE(BigInt(count), 24);
    end.writeBigUInt64LE(BigInt(count), 32);
    end.writeBigUInt64LE(BigInt(central.length), 40);
    end.writeBigUInt64LE(BigInt(at), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(at + central.length), 8);
    locator.writeUInt32LE(1, 16);
    parts.push(end, locator);
  }
  const comment = Buffer.from(shape.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(zip64 ? U32 : central.length, 12);
  end.writeUInt32LE(zip64 ? U32 : at, 16);
  end.writeUInt16LE(comment.length, 20);
  parts.push(end, comment, Buffer.from(shape.append ?? ''));
  const all = Buffer.concat(parts);
  return shape.truncate === undefined ? all : all.subarray(0, all.length - shape.truncate);
}

function signature(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value, 0);
  return buffer;
}
