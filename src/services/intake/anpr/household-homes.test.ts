/** Addresses of households are read back from the table of residences, however long it is (8 GiB is what a supply may unpack to). */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HouseholdHomes } from './household-homes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipop-homes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ADDRESS = 'VIA DELL’ÀNCORA;12';

describe('the address of a household', () => {
  it.each([0, 2 ** 31 - 5, 2 ** 31, 2 ** 32 + 7])('is read back from byte %d of the table', (start) => {
    const table = join(folder, 'residenze.csv');
    // What was never written of the file takes no room on the disk.
    const file = openSync(table, 'w');
    writeSync(file, ADDRESS, start);
    closeSync(file);
    const homes = new HouseholdHomes();
    for (let i = 0; i < 2000; i++) homes.note('famiglia', `F${i}`, '1', start, Buffer.byteLength(ADDRESS));
    const addresses = homes.open(table);
    expect(addresses.of('famiglia', 'F0')).toBe(ADDRESS);
    expect(addresses.of('famiglia', 'F1999')).toBe(ADDRESS);
    expect(addresses.of('famiglia', 'F2000')).toBeNull();
    addresses.close();
  });
});
