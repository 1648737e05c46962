/** Administration of access: what waits for a decision, bodies with their agreements, users, profiles. */
import { useWords } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { Bodies } from './Bodies.tsx';
import { Due } from './Due.tsx';
import { Profiles } from './Profiles.tsx';
import { Users } from './Users.tsx';
import { ADMIN } from './words.ts';

export function AdministrationPage() {
  const say = useWords(ADMIN);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <Tabs
        tabs={[
          { id: 'due', label: say.due, content: () => <Due /> },
          { id: 'bodies', label: say.bodies, content: () => <Bodies /> },
          { id: 'users', label: say.users, content: () => <Users /> },
          { id: 'profiles', label: say.profiles, content: () => <Profiles /> },
        ]}
      />
    </Page>
  );
}
