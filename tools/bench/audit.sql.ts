/** A large audit made by COPY, and the bare insert that appending is held against. */
import { Readable } from 'node:stream';
import { LEVELS_KEPT, type NewNode } from '../../src/access/audit/audit.sql.ts';
import type { AuditKeys } from '../../src/access/audit/audit-keys.ts';
import { leafText } from '../../src/access/audit/leaf.ts';
import { GrowingTree, leafHash } from '../../src/access/audit/merkle.ts';
import type { Client, Database } from '../../src/platform/db/pool.ts';
import { randomFrom } from './random.ts';

const SECONDARY = ['leaves_at', 'leaves_user', 'leaves_subjects'];
const LINES_A_BLOCK = 500;

/** Leaves as a year of the province's offices would make them. */
function* bodies(leaves: number, seed: number): Generator<string> {
  const random = randomFrom(seed);
  const begin = Date.UTC(2026, 0, 1);
  const some = (n: number): number => Math.floor(random() * n);
  for (let i = 0; i < leaves; i++)
    yield leafText({
      at: new Date(begin + i * 3000).toISOString(),
      caller: {
        user: `U${some(800)}`,
        client: null,
        body: `B${some(60)}`,
        from: `10.1.${some(60)}.${some(250)}`,
      },
      operation: 'person.read',
      kind: 'consulted',
      purpose: 'certificazione',
      file: `2026/${i}`,
      subjects: [Buffer.from(`${some(710_000)}/000000000`.slice(0, 16)).toString('base64url')],
      fields: ['codice_fiscale', 'cognome', 'nome', 'nascita', 'residenza'],
      count: 1,
      outcome: 'answered',
      reason: null,
    });
}

/** Fills the audit with leaves by COPY, without the indexes that searches want: no search is timed. */
export async function fillAudit(
  owner: Database,
  keys: AuditKeys,
  leaves: number,
  seed: number,
): Promise<void> {
  const nodes: NewNode[] = [];
  const tree = new GrowingTree(undefined, (node, hash) => {
    if (node.level % LEVELS_KEPT === 0) nodes.push({ ...node, hash });
  });
  const seal = keys.sealers[0]!;
  function* lines(): Generator<string> {
    let block = '';
    let inBlock = 0;
    for (const body of bodies(leaves, seed)) {
      const index = tree.size;
      const hash = leafHash(body);
      tree.append(hash);
      block += `${index}\t\\\\x${hash.toString('hex')}\t\\\\x${seal(index, hash).toString('hex')}\t${body}\n`;
      if (++inBlock < LINES_A_BLOCK) continue;
      yield block;
      [block, inBlock] = ['', 0];
    }
    yield block;
  }
  for (const index of SECONDARY) await owner.query(`drop index audit.${index}`);
  await owner.transaction(async (client) => {
    const columns = ['leaf_index', 'leaf_hash', 'seal', 'body'];
    await owner.copyFrom(client, 'audit.leaves', columns, Readable.from(lines()));
    await owner.copyFrom(
      client,
      'audit.nodes',
      ['level', 'node_index', 'hash'],
      Readable.from(nodes.map((n) => `${n.level}\t${n.index}\t\\\\x${n.hash.toString('hex')}\n`)),
    );
  });
  await owner.query('vacuum (analyze) audit.leaves');
  await owner.query('vacuum (analyze) audit.nodes');
}

/** The peer: the same bodies in a table that has nothing but a number. */
export async function makeBare(owner: Client): Promise<void> {
  await owner.query(
    'create table if not exists public.bare (n bigint generated always as identity primary key, body json not null)',
  );
  await owner.query('grant select, insert on public.bare to sipop_app');
}

/** One durable commit a leaf. */
export async function insertBare(db: Client, body: string): Promise<void> {
  await db.query({ name: 'bare', text: 'insert into public.bare (body) values ($1)', values: [body] });
}
