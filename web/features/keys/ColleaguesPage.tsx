/** Colleagues who lost their keys: the number is compared, the person recognised, the code handed over (security.md, 12). */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { usePurpose } from '../../app/task.tsx';
import { Ask } from '../../components/Ask.tsx';
import { showMoment } from '../../components/dates.ts';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    title: 'Chiavi dei colleghi',
    lead: 'Chi ha perso le sue chiavi le chiede dalla pagina «Entra» e viene da te con un numero.',
    none: 'Nessuna richiesta aspetta. Un collega che ha perso le chiavi sceglie «Ho perso le mie chiavi» alla pagina «Entra»: la sua richiesta compare qui.',
    caption: (n: number) => (n === 1 ? 'Una richiesta' : `${n} richieste`),
    who: 'Chi',
    number: 'Numero',
    asked: 'Chiesta il',
    from: 'Da',
    until: 'Scade il',
    actions: 'Azioni',
    approve: 'Approva',
    refuse: 'Respingi',
    approveTitle: (who: string) => `Approvi le chiavi nuove di ${who}?`,
    approveText: (number: string) =>
      `Solo se la persona è davanti a te e il suo numero è ${number}. Le sue chiavi di prima smettono subito di aprire.`,
    refuseTitle: (who: string) => `Respingi la richiesta di ${who}?`,
    refuseText: 'Respingila se il collega non l’ha fatta: qualcun altro ha provato a entrare al suo posto.',
    code: (who: string) => `Codice per ${who}, da consegnare di persona: si vede solo adesso.`,
    holds: (when: string) => `Vale fino al ${when}.`,
  },
  en: {
    title: 'Keys of colleagues',
    lead: 'Who has lost their keys asks for them on the page "Sign in" and comes to you with a number.',
    none: 'No request waits. A colleague who has lost their keys chooses "I have lost my keys" on the page "Sign in": the request appears here.',
    caption: (n: number) => (n === 1 ? 'One request' : `${n} requests`),
    who: 'Who',
    number: 'Number',
    asked: 'Asked',
    from: 'From',
    until: 'Ends',
    actions: 'Actions',
    approve: 'Approve',
    refuse: 'Refuse',
    approveTitle: (who: string) => `Do you approve new keys for ${who}?`,
    approveText: (number: string) =>
      `Only if the person stands before you and their number is ${number}. The keys of before stop opening at once.`,
    refuseTitle: (who: string) => `Do you refuse the request of ${who}?`,
    refuseText: 'Refuse it if the colleague did not make it: somebody else tried to get in in their place.',
    code: (who: string) => `Code for ${who}, to be handed over in person: it is shown now alone.`,
    holds: (when: string) => `It holds until ${when}.`,
  },
});

type Waiter = Answer<'recoveryList'>['richieste'][number];
const nameOf = ({ nome, cognome, utente }: Waiter): string => `${nome} ${cognome} (${utente})`;

export function ColleaguesPage() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <Requests />
    </Page>
  );
}

function Requests() {
  const say = useWords(WORDS);
  const scopo = usePurpose(['amministrazione-accessi']);
  const queries = useQueryClient();
  const [doing, setDoing] = useState<{ readonly who: Waiter; readonly approve: boolean } | null>(null);
  const [code, setCode] = useState<{ readonly who: string; readonly given: Answer<'recoveryApprove'> }>();
  const list = useQuery({
    queryKey: ['recoveryList', scopo],
    queryFn: () => call('recoveryList', { scopo }),
    staleTime: 0,
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const decide = async () => {
    if (doing === null) return;
    const { who, approve } = doing;
    const what = { scopo, utente: who.utente, numero: who.numero };
    if (approve) setCode({ who: nameOf(who), given: await call('recoveryApprove', what) });
    else await call('recoveryRefuse', what);
    await queries.invalidateQueries({ queryKey: ['recoveryList'] });
  };
  const button = (who: Waiter, approve: boolean) => (
    <button
      type="button"
      className={`btn btn-sm me-1 mb-1 ${approve ? 'btn-primary' : 'btn-outline-primary'}`}
      onClick={() => setDoing({ who, approve })}
    >
      {approve ? say.approve : say.refuse} <span className="sr">{who.utente}</span>
    </button>
  );
  return (
    <>
      {code === undefined ? null : (
        <Notice kind="done">
          <p>{say.code(code.who)}</p>
          <p className="code big-number">{code.given.codice}</p>
          <p>{say.holds(showMoment(code.given.scade))}</p>
        </Notice>
      )}
      {list.data.richieste.length === 0 ? (
        code === undefined ? (
          <Notice>{say.none}</Notice>
        ) : null
      ) : (
        <List
          caption={say.caption(list.data.richieste.length)}
          rows={list.data.richieste}
          keyOf={({ utente, numero }) => `${utente} ${numero}`}
          columns={[
            { title: say.who, cell: nameOf },
            { title: say.number, cell: ({ numero }) => <span className="code big-number">{numero}</span> },
            { title: say.asked, cell: ({ chiesta }) => showMoment(chiesta) },
            { title: say.from, cell: ({ da }) => da },
            { title: say.until, cell: ({ scade }) => showMoment(scade) },
            {
              title: say.actions,
              hidden: true,
              cell: (who) => (
                <>
                  {button(who, true)}
                  {button(who, false)}
                </>
              ),
            },
          ]}
        />
      )}
      {doing === null ? null : (
        <Ask
          title={(doing.approve ? say.approveTitle : say.refuseTitle)(nameOf(doing.who))}
          confirm={doing.approve ? say.approve : say.refuse}
          reason={false}
          onConfirm={decide}
          onClose={() => setDoing(null)}
        >
          <p>{doing.approve ? say.approveText(doing.who.numero) : say.refuseText}</p>
        </Ask>
      )}
    </>
  );
}
