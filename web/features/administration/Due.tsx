/** What waits for a decision: reviews due or past, accounts about to be disabled, agreements that end. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { showDate } from '../../components/dates.ts';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PURPOSE } from './words.ts';

const WORDS = words({
  it: {
    none: 'Niente da decidere: revisioni, convenzioni e utenti sono in regola.',
    caption: (n: number) => `${n} cose da decidere`,
    what: 'Che cosa',
    who: 'Chi',
    body: 'Ente',
    profile: 'Profilo',
    on: 'Entro',
    action: 'Azione',
    confirm: 'Conferma il profilo',
  },
  en: {
    none: 'Nothing to decide: reviews, agreements and users are in order.',
    caption: (n: number) => `${n} things to decide`,
    what: 'What',
    who: 'Who',
    body: 'Body',
    profile: 'Profile',
    on: 'By',
    action: 'Action',
    confirm: 'Confirm the profile',
  },
});

type Item = Answer<'reviewList'>['scadenze'][number];
const KINDS: Readonly<Record<Item['kind'], { readonly it: string; readonly en: string }>> = {
  'review-due': { it: 'profilo da rivedere', en: 'profile to review' },
  'review-past': {
    it: 'profilo scaduto: la revisione non è stata fatta',
    en: 'profile expired: not reviewed',
  },
  'unused-soon': { it: 'utente che non entra da mesi', en: 'user who has not signed in for months' },
  unused: { it: 'utente disabilitato per non uso', en: 'user disabled for not signing in' },
  'agreement-ending': { it: 'convenzione in scadenza', en: 'agreement about to end' },
  'no-profile': { it: 'utente senza profilo', en: 'user without a profile' },
};

export function Due() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['reviewList', scopo],
    queryFn: () => call('reviewList', { scopo, limite: 100 }),
  });
  const review = useMutation({
    mutationFn: ({ id, profile }: Item) =>
      call('grantReview', { scopo, accesso: id, profilo: profile ?? '' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reviewList'] }),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  if (list.data.scadenze.length === 0) return <Notice kind="done">{say.none}</Notice>;
  return (
    <>
      {review.error ? <Problem error={review.error} /> : null}
      <List
        caption={say.caption(list.data.numero)}
        rows={list.data.scadenze}
        keyOf={({ kind, id, profile }) => `${kind} ${id} ${profile}`}
        columns={[
          { title: say.what, cell: ({ kind }) => KINDS[kind][language] },
          { title: say.who, cell: ({ id }) => <span className="code">{id}</span> },
          { title: say.body, cell: ({ body }) => body },
          { title: say.profile, cell: ({ profile }) => profile ?? '' },
          { title: say.on, cell: ({ on }) => showDate(on) },
          {
            title: say.action,
            hidden: true,
            cell: (item) =>
              item.kind.startsWith('review') && item.profile !== null ? (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  disabled={review.isPending}
                  onClick={() => review.mutate(item)}
                >
                  {say.confirm} <span className="sr">{item.id}</span>
                </button>
              ) : null,
          },
        ]}
      />
    </>
  );
}
