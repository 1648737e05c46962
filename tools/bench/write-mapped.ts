/** A process of its own for `mapped`: a full supply as what one row a person can say, by the first door and as csv-moderno exports it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveOf, readRegister } from '../../test/support/csv-register.ts';
import { flattened, modernCsv } from '../../test/support/mapped-files.ts';

const [archive, target, comune] = process.argv.slice(2);
if (archive === undefined || target === undefined || comune === undefined)
  throw new Error('write-mapped.ts ARCHIVE FOLDER COMUNE');
const register = flattened(await readRegister(archive));
writeFileSync(
  join(target, `SIPOP_${comune}_000001_COMPLETA.zip`),
  archiveOf(register, comune, 1, '2024-12-31'),
);
writeFileSync(join(target, 'persone.csv'), modernCsv(register));
