/** Findings grouped by what to do: each group opens into its findings, and all can be taken as a file for one's own software. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { saveFile } from '../../components/files.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    none: 'Niente da sistemare.',
    B: 'blocca la fornitura',
    E: 'scheda scartata',
    W: 'avvertimento',
    number: (n: number, subjects: number) =>
      `${n === 1 ? 'una segnalazione' : `${n} segnalazioni`}, ${subjects === 1 ? 'un soggetto' : `${subjects} soggetti`}`,
    show: 'Mostra',
    hide: 'Nascondi',
    more: 'Altre',
    csv: 'Scarica (CSV)',
    json: 'Scarica (JSON)',
    closed: 'Anche quelle già sistemate',
    where: 'Dove',
    who: 'Soggetto',
    what: 'Che cosa',
    line: (file: string, line: number) => `${file}, riga ${line}`,
    mended: (by: string) => `sistemata con ${by}`,
    file: 'segnalazioni',
  },
  en: {
    none: 'Nothing to mend.',
    B: 'stops the supply',
    E: 'record set aside',
    W: 'warning',
    number: (n: number, subjects: number) =>
      `${n === 1 ? 'one finding' : `${n} findings`}, ${subjects === 1 ? 'one subject' : `${subjects} subjects`}`,
    show: 'Show',
    hide: 'Hide',
    more: 'More',
    csv: 'Download (CSV)',
    json: 'Download (JSON)',
    closed: 'Those mended already too',
    where: 'Where',
    who: 'Subject',
    what: 'What',
    line: (file: string, line: number) => `${file}, line ${line}`,
    mended: (by: string) => `mended by ${by}`,
    file: 'findings',
  },
});

/** Of one supply, or of everything of the comune. */
export interface Scope {
  readonly ricevuta?: string;
}

type Group = Answer<'findingsSummary'>['per_codice'][number];
const PURPOSES = ['anagrafe', 'coordinamento'];

export function FindingGroups({ scope }: { readonly scope: Scope }) {
  const say = useWords(WORDS);
  const scopo = usePurpose(PURPOSES);
  const [chiuse, setChiuse] = useState(false);
  const summary = useQuery({
    queryKey: ['findingsSummary', scopo, scope, chiuse],
    queryFn: () => call('findingsSummary', { scopo, ...scope, chiuse }),
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: async (formato: 'csv' | 'json') => ({
      formato,
      file: await call('findingsDownload', { scopo, ...scope, chiuse, formato }),
    }),
    onSuccess: ({ formato, file }) => saveFile(`${say.file}.${formato}`, file),
  });
  if (summary.error) return <Problem error={summary.error} />;
  if (summary.data === undefined) return <Waiting />;
  const groups = summary.data.per_codice;
  return (
    <>
      <div className="field choices no-print">
        <label>
          <input type="checkbox" checked={chiuse} onChange={(event) => setChiuse(event.target.checked)} />
          {say.closed}
        </label>
      </div>
      {groups.length === 0 ? <Notice kind="done">{say.none}</Notice> : null}
      {save.error ? <Problem error={save.error} /> : null}
      {groups.length === 0 ? null : (
        <div className="actions">
          {(['csv', 'json'] as const).map((format) => (
            <button
              key={format}
              type="button"
              className="btn btn-sm btn-outline-primary"
              disabled={save.isPending}
              onClick={() => save.mutate(format)}
            >
              <Icon name="download" small /> {say[format]}
            </button>
          ))}
        </div>
      )}
      {groups.map((group) => (
        <FindingGroup key={group.codice} group={group} scope={scope} chiuse={chiuse} scopo={scopo} />
      ))}
    </>
  );
}

interface FindingGroupProps {
  readonly group: Group;
  readonly scope: Scope;
  readonly chiuse: boolean;
  readonly scopo: string;
}

function FindingGroup({ group, scope, chiuse, scopo }: FindingGroupProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <section className="panel">
      <div className="spread">
        <h3 className="m-0">
          <span className="code">{group.codice}</span>{' '}
          <span className={group.gravita === 'W' ? 'flag' : 'flag grave'}>{say[group.gravita]}</span>
        </h3>
        <span>{say.number(chiuse ? group.numero : group.aperte, group.soggetti)}</span>
      </div>
      <p className="mb-2">{language === 'it' ? group.che_cosa : group.che_cosa_en}</p>
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? say.hide : say.show} <span className="sr">{group.codice}</span>
      </button>
      {open ? <Findings codice={group.codice} scope={scope} chiuse={chiuse} scopo={scopo} /> : null}
    </section>
  );
}

interface FindingsProps {
  readonly codice: string;
  readonly scope: Scope;
  readonly chiuse: boolean;
  readonly scopo: string;
}

function Findings({ codice, scope, chiuse, scopo }: FindingsProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const list = useInfiniteQuery({
    queryKey: ['findingsList', scopo, scope, codice, chiuse],
    queryFn: ({ pageParam }) =>
      call('findingsList', {
        scopo,
        ...scope,
        codice,
        chiuse,
        limite: 100,
        ...(pageParam === null ? {} : { seguito: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.seguito,
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const findings = list.data.pages.flatMap((page) => page.segnalazioni);
  return (
    <>
      <div className="table-wrap">
        <table className="list stacked">
          <thead>
            <tr>
              <th scope="col">{say.who}</th>
              <th scope="col">{say.where}</th>
              <th scope="col">{say.what}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((f) => (
              <tr key={`${f.ricevuta} ${f.file} ${f.riga} ${f.id_soggetto} ${f.campo} ${f.valore}`}>
                <td data-label={say.who} className="code">
                  {f.id_soggetto || f.id_famiglia || f.id_evento}
                </td>
                <td data-label={say.where}>
                  {f.file !== null && f.riga !== null ? say.line(f.file, f.riga) : f.ricevuta}
                </td>
                <td data-label={say.what}>
                  {language === 'it' ? f.messaggio : f.messaggio_en}
                  {f.chiusa_da === null ? '' : ` (${say.mended(f.chiusa_da)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage ? (
        <button
          type="button"
          className="btn btn-sm btn-outline-primary mt-2"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {say.more}
        </button>
      ) : null}
    </>
  );
}
