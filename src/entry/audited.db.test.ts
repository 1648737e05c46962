/** The leaves that the commands leave which show persons, or decide of them (security.md, 18, 25, 26), and for whom they act. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { Clock, type Office, Offices } from '../../test/support/offices.ts';
import { line, Story } from '../../test/support/story.ts';
import { stopUser } from '../access/accounts/users.service.ts';
import { openDatabase } from '../platform/db/pool.ts';

let test: TestDatabase;
let story: Story;
let officer: Office;
let clerk: Office;
let foreign: Office;
let ended: Office;
const folder = mkdtempSync(join(tmpdir(), 'sipop-audited-'));

beforeAll(async () => {
  test = await testDatabase();
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  dal
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   2010-01-01
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   2010-01-01
    S3  ROSSI MARIO   M      1975-05-05  F2/1      1      2010-01-01
  `);
  await story.begin(
    `
    id  nome         sesso  nascita     famiglia  stato  dal
    T1  ROSSI MARIO  M      1970-01-11  F1/1      1      2010-01-01
  `,
    'B',
  );
  const offices = new Offices(test.db, new Clock(new Date().toISOString()));
  await offices.begin();
  officer = await offices.open('registryOfficer', 'comune', { comune: '036001', network: ['10.0.0.0/8'] });
  clerk = await offices.open('comuneClerk', 'comune', { comune: '036003' });
  foreign = await offices.open('registryOfficer', 'comune', { comune: '036002' });
  ended = await offices.open('registryOfficer', 'comune', { comune: '036004' });
  await stopUser(offices.access, ended.user.user_id, 'end', 'in pensione');
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function sipop(args: readonly string[], data = folder) {
  const child = spawn(process.execPath, [resolve('src/entry/cli.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: test.url, SIPOP_DATA: data, NODE_OPTIONS: '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, output };
}

interface LeafBody {
  readonly user: string;
  readonly client: string | null;
  readonly body: string | null;
  readonly operation: string;
  readonly kind: string;
  readonly purpose: string;
  readonly file: string | null;
  readonly subjects: readonly string[];
  readonly outcome: string;
  readonly reason: string | null;
}

/** The leaves that a command left, the oldest first. */
async function leavesOf(args: readonly string[], status = 0): Promise<LeafBody[]> {
  const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test owner', poolSize: 1 });
  try {
    const count = 'select count(*)::int as n from audit.leaves';
    const before = (await owner.query<{ n: number }>(count)).rows[0]!.n;
    const ran = await sipop(args);
    expect([ran.status, ran.status === status ? '' : ran.output]).toEqual([status, '']);
    const { rows } = await owner.query<{ body: LeafBody }>(
      'select body::jsonb as body from audit.leaves where leaf_index >= $1 order by leaf_index',
      [before],
    );
    return rows.map((r) => r.body);
  } finally {
    await owner.close();
  }
}

describe('every command that shows persons leaves a leaf: who, what for, of how many', () => {
  it.each<readonly [readonly string[], string, string, number]>([
    [['person', '036001:S1'], 'personRead', 'consulted', 1],
    [['family', '036001:S1'], 'familyRead', 'consulted', 2],
    [['history', '036001:S1'], 'historyRead', 'consulted', 1],
    [['residence', '036001:S1'], 'residenceRead', 'consulted', 1],
    [['address', '036001', 'VIA VERDI'], 'addressRead', 'consulted', 1],
    [['search', 'rossi mario 1970-01-01'], 'personSearch', 'listed', 1],
    [['verify', 'ROSSI/MARIO/1970-01-01', 'esistenza_in_vita'], 'verify', 'verified', 1],
    [['population', '036001'], 'populationCount', 'counted', 0],
    [['reconciliation', '--comune', '036001'], 'reconciliationList', 'consulted', 0],
    [['intake', 'findings', '--comune', '036001'], 'findingsList', 'consulted', 0],
    [['linkage', 'queue'], 'reconciliationList', 'consulted', 0],
    [['linkage', 'show', '036001:S1', '036002:T1'], 'reconciliationList', 'consulted', 2],
  ])(
    '%j',
    async (args, operation, kind, subjects) => {
      const leaves = await leavesOf(args);
      expect(leaves).toMatchObject([
        { client: 'cli', body: null, operation, kind, purpose: 'anagrafe', file: null, outcome: 'answered' },
      ]);
      expect(leaves[0]!.user).toMatch(/^os:./);
      expect(leaves[0]!.subjects).toHaveLength(subjects);
    },
    60_000,
  );

  it('persons that cannot be told apart are shown, and are whom it was about', async () => {
    const leaves = await leavesOf(['person', 'ROSSI', 'MARIO'], 1);
    expect(leaves).toMatchObject([{ operation: 'personRead', outcome: 'answered' }]);
    expect(leaves[0]!.subjects).toHaveLength(3);
  }, 60_000);

  it('nobody found is a leaf too, of a refusal', async () => {
    expect(await leavesOf(['person', '036001:S99'], 1)).toMatchObject([
      { operation: 'personRead', outcome: 'refused', reason: 'not-found', subjects: [] },
    ]);
  }, 60_000);

  it('the purpose and the file are those that are said', async () => {
    const args = ['person', '036001:S1', '--purpose', 'certificazione', '--pratica', '2026/7'];
    expect(await leavesOf(args)).toMatchObject([{ purpose: 'certificazione', file: '2026/7' }]);
  }, 60_000);

  it('where the leaf cannot be written nothing is answered', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'sipop-audited-'));
    try {
      // The audit has leaves, and there are no keys.
      const { status, output } = await sipop(['person', '036001:S1'], elsewhere);
      expect(status).toBe(1);
      expect(output).not.toContain('ROSSI');
      expect(output).toContain('SIPOP_AUDIT_KEYS');
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  }, 60_000);
});

describe('--operator is a user of the accounts, who must be allowed to do it', () => {
  const person = (user: string, ...more: string[]) => ['person', '036001:S1', '--operator', user, ...more];
  const later = (user: string, ...more: string[]) => [
    ...['linkage', 'later', '036001:S1', '036001:S3', '--reason', 'da vedere', '--operator', user],
    ...more,
  ];

  it('a name is no user, and is told how one is written', async () => {
    const { status, output } = await sipop(later('Anna Verdi'));
    expect(status).toBe(2);
    expect(output).toMatch(/«Anna Verdi» non è un utente[\s\S]*U12/);
  }, 60_000);

  it('the leaf names the user, their body, and who sits at the machine', async () => {
    const leaves = await leavesOf(person(officer.user.user_id, '--pratica', '7'));
    expect(leaves).toMatchObject([
      { user: officer.user.user_id, client: null, body: officer.body.body_id, file: '7' },
    ]);
    expect(leaves[0]).toHaveProperty('from', expect.stringMatching(/^cli os:./));
  }, 60_000);

  it.each([
    ['without a file number', () => person(officer.user.user_id), 'file-missing', /--pratica/],
    [
      'for a purpose that is not theirs',
      () => person(officer.user.user_id, '--pratica', '7', '--purpose', 'statistica'),
      'purpose-not-allowed',
      /--purpose/,
    ],
    [
      'of somebody whom only another comune knows',
      () => person(foreign.user.user_id, '--pratica', '7'),
      'territory',
      /territorio/,
    ],
    [
      'when they have left',
      () => person(ended.user.user_id, '--pratica', '7'),
      'account-not-active',
      /non è attiva/,
    ],
    [
      'a decision that no profile of theirs covers',
      () => later(clerk.user.user_id, '--pratica', '7'),
      'no-profile',
      /profilo/,
    ],
    [
      'a decision across two comuni, which is the coordination’s',
      () =>
        later(officer.user.user_id, '--pratica', '7').map((word) =>
          word === '036001:S3' ? '036002:T1' : word,
        ),
      'territory',
      /territorio/,
    ],
  ])(
    '%s they may not, and that is a leaf',
    async (_title, args, reason, told) => {
      const leaves = await leavesOf(args(), 1);
      expect(leaves).toMatchObject([{ outcome: 'refused', reason: `forbidden: ${reason}` }]);
      const { output } = await sipop(args());
      expect(output).toMatch(told);
      expect(output).not.toContain('BIANCHI');
    },
    60_000,
  );

  it('a decision bears the user, and its leaf is one of something written', async () => {
    const leaves = await leavesOf(later(officer.user.user_id, '--pratica', '7'));
    expect(leaves).toMatchObject([
      { user: officer.user.user_id, operation: 'linkageDecide', kind: 'written', outcome: 'answered' },
    ]);
    const { rows } = await test.db.query('select operator from linkage_decisions');
    expect(rows).toEqual([{ operator: officer.user.user_id }]);
  }, 60_000);
});

describe('no act is committed without its leaf', () => {
  it('a decision whose leaf cannot be written is not taken', async () => {
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test owner', poolSize: 1 });
    const decisions = async () => (await test.db.query('select from linkage_decisions')).rows.length;
    try {
      const before = await decisions();
      await owner.query('alter table audit.leaves add constraint full_up check (false) not valid');
      const act = ['linkage', 'different', '036001:S2', '036002:T1', '--reason', 'atti esaminati'];
      expect((await sipop(act)).status).toBe(1);
      expect(await decisions()).toBe(before);
      await owner.query('alter table audit.leaves drop constraint full_up');
      expect((await sipop(act)).status).toBe(0);
      expect(await decisions()).toBe(before + 1);
    } finally {
      await owner.query('alter table audit.leaves drop constraint if exists full_up');
      await owner.close();
    }
  }, 60_000);
});

describe('whoever is joined or parted hears who looked at any entry of theirs (31)', () => {
  it('two entries that an operator joins stand in the leaf by the number of each, as over HTTP', async () => {
    const pair = ['036001:S1', '036002:T1'];
    const leaves = await leavesOf(['linkage', 'same', ...pair, '--reason', 'atti esaminati']);
    expect(leaves[0]!.subjects).toHaveLength(2);
  }, 60_000);
});

describe('findings of supplies on the command line, as over HTTP', () => {
  it('name in the leaf whom they are about, and of somebody adopted since nothing that was written before', async () => {
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test owner', poolSize: 1 });
    try {
      await owner.query(
        `insert into registry.findings (supply_id, n, comune, codice, gravita, id_soggetto, campo, valore, messaggio, messaggio_en)
         select min(supply_id), 900, '036001', 'SIP-102', 'W', 'S2', 'cognome', 'GALLI', 'GALLI', 'GALLI'
           from registry.supplies where comune = '036001'`,
      );
      const { rows } = await owner.query<{ ricevuta: string }>(
        `select ricevuta from registry.supplies where comune = '036001' order by supply_id limit 1`,
      );
      const commands = [
        ['intake', 'findings', '--comune', '036001'],
        ['intake', 'findings', '--comune', '036001', '--json'],
        ['intake', 'outcome', rows[0]!.ricevuta],
        ['intake', 'outcome', rows[0]!.ricevuta, '--json'],
      ];
      const outputs = async () => {
        const shown: string[] = [];
        for (const args of commands) shown.push((await sipop(args)).output);
        return shown;
      };
      for (const output of await outputs()) expect(output).toContain('GALLI');
      await story.supply(
        line('1', 'GENERALITA', '2020-06-01', { id_soggetto: 'S2', motivo: 'ADOZIONE', cognome: 'MONTI' }),
      );
      for (const output of await outputs()) {
        expect(output).toContain('SIP-102');
        expect(output).not.toContain('GALLI');
      }
      for (const args of commands)
        expect(await leavesOf(args)).toMatchObject([
          { client: 'cli', outcome: 'answered', subjects: [expect.any(String)] },
        ]);
    } finally {
      await owner.close();
    }
  }, 120_000);
});
