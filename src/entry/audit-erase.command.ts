/** `sipop audit erase`: unties a person from the audit for ever, once who does it has read what follows from it. */
import { eraseSubjects } from '../access/audit/erase.service.ts';
import { withAudit } from '../access/audit/with-audit.ts';
import { romeDay } from '../kernel/day.ts';
import { commandLineCaller, json, onAudit } from './audit-context.ts';
import { fileOption } from './audit-options.ts';
import { subjectsOf } from './audit-people.ts';
import type { CommandContext } from './command.ts';
import { parseOptions, usageError } from './options.ts';

const CONSEQUENCES = `Cancellata la chiave, nessuno potrà più dire quali foglie dell’audit riguardano questa persona: né il revisore, né l’autorità
giudiziaria, né la persona stessa, che non saprà più chi l’ha guardata. Non si torna indietro. Le foglie restano, e l’audit resta verificabile.
Le copie di sicurezza fatte prima contengono ancora la chiave, finché non scadono. Chi la guarderà d’ora in poi lascerà foglie con una chiave nuova.
/ Once the key is deleted nobody can tell which leaves of the audit are about this person: not the auditor, not a court, not the person, who will
no longer learn who looked. It cannot be undone. The leaves stay, and the audit can still be verified. Backups made before hold the key until
they expire. Whoever looks from now on leaves leaves under a new key.
`;

/** Without `--conferma` it tells what would follow, does nothing, and ends with status 1. */
export async function eraseCommand(context: CommandContext): Promise<number> {
  const command = 'audit erase';
  const options = parseOptions(command, context.args, {
    values: ['pratica', 'conferma'],
    without: ['al', 'noto-al'],
  });
  const file = fileOption(command, options);
  const who = options.words.join(' ');
  const confirmed = options.value('conferma');
  if (who === '') throw usageError(command, 'indicare la persona', 'give the person');
  return onAudit(context, async (app, audit) => {
    const subjects = await subjectsOf(app.db, who, romeDay(app.now()));
    const [person = ''] = subjects;
    if (confirmed !== person) {
      context.err.write(`${CONSEQUENCES}\nPer confermare / to confirm: --conferma ${person}\n`);
      return 1;
    }
    const { answer: erased } = await withAudit(
      audit,
      {
        caller: commandLineCaller(),
        operation: 'auditErase',
        kind: 'administered',
        purpose: 'diritti-interessato',
        file,
        sought: [],
      },
      async (record) => {
        const count = await eraseSubjects(app.db, subjects, record);
        return { answer: count, subjects: [], fields: [], count };
      },
    );
    context.out.write(
      options.json ? json({ chiavi: erased }) : `${erased} chiavi cancellate / keys deleted\n`,
    );
    return 0;
  });
}
