/** Everything that a comune has still to mend, whatever supply it came with. */
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { FindingGroups } from './FindingGroups.tsx';

const WORDS = words({
  it: {
    title: 'Da sistemare',
    lead: 'Le segnalazioni ancora aperte, raccolte per ciò che c’è da fare. Si chiudono da sole con la prossima fornitura corretta.',
    supplies: 'Forniture',
  },
  en: {
    title: 'To be mended',
    lead: 'The findings still open, gathered by what there is to do. They close by themselves with the next correct supply.',
    supplies: 'Supplies',
  },
});

export function FindingsPage() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[{ to: '/forniture', label: say.supplies }]}>
      <FindingGroups scope={{}} />
    </Page>
  );
}
