/** What several registers show only together: transfers and contradictions to mend, ours and of others; and entries that may be one person. */
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { type Tab, Tabs } from '../../components/Tabs.tsx';
import { PairQueue } from './PairQueue.tsx';
import { Reconciliation } from './Reconciliation.tsx';

const WORDS = words({
  it: {
    title: 'Confronto tra registri',
    lead: 'Trasferimenti a metà, dati che non combaciano, schede che forse sono la stessa persona.',
    all: 'Da sistemare dai comuni',
    ours: 'Da sistemare noi',
    others: 'Da sistemare altri',
    pairs: 'Forse la stessa persona',
  },
  en: {
    title: 'Registers compared',
    lead: 'Half transfers, data that do not match, entries that may be one person.',
    all: 'For the comuni to mend',
    ours: 'For us to mend',
    others: 'For others to mend',
    pairs: 'Maybe one person',
  },
});

export function ReviewPage() {
  const say = useWords(WORDS);
  const { can, me } = useSession();
  // A body of the whole province mends nothing itself: it sees what every comune must.
  const ofComune = me?.ente.comune != null;
  const tabs: Tab[] = [
    ...(can('reconciliationList') && !ofComune
      ? [{ id: 'all', label: say.all, content: () => <Reconciliation key="nostre" lato="nostre" /> }]
      : []),
    ...(can('reconciliationList') && ofComune
      ? [
          { id: 'ours', label: say.ours, content: () => <Reconciliation key="nostre" lato="nostre" /> },
          { id: 'others', label: say.others, content: () => <Reconciliation key="altri" lato="altri" /> },
        ]
      : []),
    ...(can('linkageQueue') || can('linkageDecide')
      ? [{ id: 'pairs', label: say.pairs, content: () => <PairQueue /> }]
      : []),
  ];
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <Tabs tabs={tabs} />
    </Page>
  );
}
