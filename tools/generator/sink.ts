/**
 * One file of a supply while it is written: rows are counted, hashed and compressed as they come, into a part beside the archive,
 * so that a file of any size takes a few buffers of memory and nothing is read twice.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A finished file, compressed, in `part`. */
export interface Part {
  readonly name: string;
  readonly part: string;
  readonly rows: number;
  readonly sha256: string;
  readonly crc: number;
  readonly size: number;
  readonly compressed: number;
}

const BLOCK = 1 << 17;

export class FileSink {
  readonly name: string;
  rows = 0;
  private text: string;
  private readonly part: string;
  private readonly digest = createHash('sha256');
  private readonly deflate = createDeflateRaw({ level: 3, chunkSize: 1 << 16 });
  private readonly done: Promise<void>;
  private readonly file;
  private crc = 0;
  private size = 0;
  private blocked = false;

  /** @param header the first line, or '' for a file without one. */
  constructor(name: string, part: string, header: string) {
    this.name = name;
    this.part = part;
    this.text = header === '' ? '' : `${header}\n`;
    this.file = createWriteStream(part);
    this.deflate.pipe(this.file);
    this.deflate.on('error', (error) => this.file.destroy(error));
    this.done = finished(this.file);
    // A failure is met when the file is closed; until then it must not count as unheard.
    this.done.catch(() => {});
  }

  write(row: string): void {
    this.text += `${row}\n`;
    this.rows++;
    if (this.text.length >= BLOCK) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.from(this.text, 'utf8');
    this.text = '';
    this.digest.update(bytes);
    this.crc = crc32(bytes, this.crc);
    this.size += bytes.length;
    if (!this.deflate.write(bytes)) this.blocked = true;
  }

  /** Waits until what was written has gone out, where much of it has not. */
  async drain(): Promise<void> {
    if (!this.blocked) return;
    this.blocked = false;
    if (this.deflate.writableNeedDrain) await Promise.race([once(this.deflate, 'drain'), this.done]);
  }

  async close(): Promise<Part> {
    this.flush();
    this.deflate.end();
    await this.done;
    return {
      name: this.name,
      part: this.part,
      rows: this.rows,
      sha256: this.digest.digest('hex'),
      crc: this.crc,
      size: this.size,
      compressed: this.file.bytesWritten,
    };
  }
}
