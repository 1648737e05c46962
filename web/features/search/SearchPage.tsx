/** Search: what was asked stands in the address as a word of ours, so that Back brings the list back. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import type { Task } from '../../app/task.tsx';
import { findVisit, keepVisit, visitNow } from '../../app/visits.ts';
import { WithTask } from '../../app/WithTask.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { ClosedForm } from './ClosedForm.tsx';
import { ShortList } from './ShortList.tsx';
import type { Question } from './ways.ts';

const WORDS = words({
  it: {
    title: 'Cerca una persona',
    lead: 'Accenti, apostrofi e maiuscole non contano. Ogni ricerca e ogni lettura sono registrate.',
    gone: 'Questa ricerca non si può riaprire: falla di nuovo.',
  },
  en: {
    title: 'Search for a person',
    lead: 'Accents, apostrophes and capitals do not matter. Every search and every reading is recorded.',
    gone: 'This search cannot be opened again: ask it anew.',
  },
});

interface Asked {
  readonly domanda: Question;
  readonly anche_passati: boolean;
}

export function SearchPage() {
  const say = useWords(WORDS);
  const navigate = useNavigate();
  const { visit } = useParams();
  return (
    <Page title={say.title} lead={say.lead} focusElsewhere={visit !== undefined}>
      <WithTask>
        {(task) => (
          <>
            <div className="panel">
              <ClosedForm
                onAsk={(domanda, anche_passati) =>
                  navigate(`/cerca/${keepVisit({ domanda, anche_passati } satisfies Asked)}`)
                }
              />
            </div>
            {visit === undefined ? null : <Found key={visit} visit={visit} task={task} />}
          </>
        )}
      </WithTask>
    </Page>
  );
}

function Found({ visit, task }: { readonly visit: string; readonly task: Task }) {
  const say = useWords(WORDS);
  const now = visitNow<Asked>(visit);
  const asked = useQuery({
    queryKey: ['visit', visit],
    queryFn: () => findVisit<Asked>(visit),
    ...(now === undefined ? {} : { initialData: now }),
  });
  const found = useQuery({
    queryKey: ['personSearch', task.scopo, task.pratica, asked.data],
    queryFn: ({ signal }) => call('personSearch', { ...task, ...(asked.data as Asked) }, signal),
    enabled: asked.data != null,
  });
  if (asked.data === null) return <Notice kind="warning">{say.gone}</Notice>;
  if (asked.error ?? found.error) return <Problem error={asked.error ?? found.error} />;
  if (found.data === undefined) return <Waiting />;
  return <ShortList found={found.data} />;
}
