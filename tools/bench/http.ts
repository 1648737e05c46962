/** `http`: persons, families and histories over loopback HTTP, rights and durable audit on (issue 5, "Figures to reach"). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuditLog, NewEntry } from '../../src/access/audit/append.service.ts';
import { samplePersons } from './ask.ts';
import { peakMegabytes } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report } from './report.ts';
import { figuresOf, jobOf, serveCopy } from './served.ts';

/** p95 in milliseconds, and requests a second (issue 5). */
const LIMITS = { p95: 10, rate: 1500 };

/** The peer: node:http alone, which reads JSON, makes a leaf durable and answers three words. It asks nothing of the register and of the rights. */
async function bareAudited(audit: AuditLog): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const asked = JSON.parse(text) as { scopo: string; pratica: string; persona: string };
      const entry: NewEntry = {
        at: new Date().toISOString(),
        caller: { user: 'U1', client: null, body: 'B1', from: '127.0.0.1' },
        operation: 'personRead',
        kind: 'consulted',
        purpose: asked.scopo,
        file: asked.pratica,
        subjects: [asked.persona],
        fields: [],
        count: 1,
        outcome: 'answered',
        reason: null,
      };
      audit.append(entry).then(
        () => {
          const answer = JSON.stringify({ persona: asked.persona });
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
          response.end(answer);
        },
        () => response.writeHead(503, { 'content-length': 0 }).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}

export async function benchHttp(options: BenchOptions): Promise<Report> {
  const served = await serveCopy(options);
  const { bench, audit, headers } = served;
  try {
    const sampled = await samplePersons(bench.db, options.questions, randomFrom(options.seed));
    const asked = sampled.flatMap(({ person, when }) =>
      person.codice_fiscale === null
        ? []
        : [{ scopo: 'pubblica-sicurezza', pratica: '2026/1', persona: person.codice_fiscale, al: when.al }],
    );
    const figures: Figure[] = [];
    for (const [name, path] of [
      ['person by codice fiscale', '/v1/persons/read'],
      ['family', '/v1/families/read'],
      ['history', '/v1/histories/read'],
    ] as const)
      figures.push(...(await figuresOf(name, bench.server.pid, jobOf(served, path, asked), LIMITS)));
    const peer = await bareAudited(audit);
    figures.push(
      ...(await figuresOf(
        'bare audited node:http',
        bench.server.pid,
        jobOf({ port: peer.port, headers }, '/', asked),
        {},
      )),
    );
    peer.stop();
    figures.push({ name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB' });
    return report('http', options.persons, bench.version, figures);
  } finally {
    await served.close();
  }
}
