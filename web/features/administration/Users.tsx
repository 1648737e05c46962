/** Users: invited, given a profile, suspended, ended, and given new keys. The word of an invitation is shown once. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { Ask } from '../../components/Ask.tsx';
import { showMoment } from '../../components/dates.ts';
import { Choice, Field } from '../../components/Field.tsx';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PURPOSE, STATES } from './words.ts';

const WORDS = words({
  it: {
    caption: (n: number) => (n === 1 ? 'Un utente' : `${n} utenti`),
    name: 'Utente',
    body: 'Ente',
    state: 'Stato',
    used: 'Ultimo uso',
    never: 'mai',
    profiles: 'Profili',
    noProfile: 'nessuno: dagliene uno qui sotto',
    actions: 'Azioni',
    invite: 'Invita un utente',
    surname: 'Cognome',
    given: 'Nome',
    code: 'Codice fiscale',
    office: 'Ufficio (se serve)',
    account: 'Tipo di conto',
    ordinary: 'ordinario',
    administration: 'amministrazione degli accessi',
    send: 'Crea l’invito',
    choose: 'Scegli…',
    word: (user: string) => `Invito per ${user}, da consegnare a mano: si vede solo adesso.`,
    until: (when: string) => `Vale una volta, fino al ${when}.`,
    profile: 'Dai un profilo',
    give: 'Dai il profilo',
    comuni: 'Comune del profilo (se il profilo è per comuni indicati)',
    suspend: 'Sospendi',
    end: 'Fa cessare',
    back: 'Riattiva',
    keys: 'Nuove chiavi',
    stopTitle: (user: string) => `${user}: le sue chiavi smettono subito di aprire`,
    stopText: 'L’utente non entra più da questo momento. Il motivo resta scritto.',
    keysTitle: (user: string) => `${user}: nuove chiavi`,
    keysText: 'Le chiavi di prima smettono di aprire, e si crea un invito nuovo.',
  },
  en: {
    caption: (n: number) => (n === 1 ? 'One user' : `${n} users`),
    name: 'User',
    body: 'Body',
    state: 'State',
    used: 'Last use',
    never: 'never',
    profiles: 'Profiles',
    noProfile: 'none: give one below',
    actions: 'Actions',
    invite: 'Invite a user',
    surname: 'Surname',
    given: 'Given name',
    code: 'Codice fiscale',
    office: 'Office (if needed)',
    account: 'Kind of account',
    ordinary: 'ordinary',
    administration: 'administration of access',
    send: 'Make the invitation',
    choose: 'Choose…',
    word: (user: string) => `Invitation for ${user}, to be handed over: it is shown now alone.`,
    until: (when: string) => `It holds once, until ${when}.`,
    profile: 'Give a profile',
    give: 'Give the profile',
    comuni: 'Comune of the profile (if the profile is for listed comuni)',
    suspend: 'Suspend',
    end: 'End',
    back: 'Open again',
    keys: 'New keys',
    stopTitle: (user: string) => `${user}: the keys stop opening at once`,
    stopText: 'From this moment the user does not get in. The reason stays written.',
    keysTitle: (user: string) => `${user}: new keys`,
    keysText: 'The keys of before stop opening, and a new invitation is made.',
  },
});

type User = Answer<'userList'>['utenti'][number];
type Invitation = Answer<'userInvite'>;
type Doing = { readonly user: User; readonly what: 'sospendi' | 'cessa' | 'riattiva' | 'reinvita' };

const useBodies = (scopo: string) =>
  useQuery({ queryKey: ['bodyList', scopo], queryFn: () => call('bodyList', { scopo, limite: 200 }) });
const useProfiles = (scopo: string) =>
  useQuery({ queryKey: ['profileList', scopo], queryFn: () => call('profileList', { scopo }) });

export function Users() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const list = useQuery({
    queryKey: ['userList', scopo],
    queryFn: () => call('userList', { scopo, limite: 200 }),
  });
  const bodies = useBodies(scopo);
  const profiles = useProfiles(scopo);
  const named = new Map(profiles.data?.profili.map((p) => [p.profilo, p[language]]));
  const again = () => queries.invalidateQueries({ queryKey: ['userList'] });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const act = async ({ user, what }: Doing, motivo: string) => {
    if (what === 'sospendi' || what === 'cessa')
      await call('userStop', { scopo, utente: user.user_id, passo: what, motivo });
    else setInvitation(await call('userInviteAgain', { scopo, utente: user.user_id, passo: what }));
    await again();
  };
  const button = (user: User, what: Doing['what'], label: string) => (
    <button
      key={what}
      type="button"
      className="btn btn-sm btn-outline-primary me-1 mb-1"
      onClick={() => setDoing({ user, what })}
    >
      {label} <span className="sr">{user.user_id}</span>
    </button>
  );
  const stopping = doing?.what === 'sospendi' || doing?.what === 'cessa';
  return (
    <>
      {invitation === null ? null : <Word invitation={invitation} />}
      <List
        caption={say.caption(list.data.numero)}
        rows={list.data.utenti}
        keyOf={({ user_id }) => user_id}
        columns={[
          { title: say.name, cell: (u) => `${u.surname} ${u.given_name} (${u.user_id})` },
          {
            title: say.body,
            cell: (u) => bodies.data?.enti.find((body) => body.body_id === u.body_id)?.name ?? u.body_id,
          },
          { title: say.state, cell: (u) => STATES[u.state][language] },
          {
            title: say.used,
            cell: (u) => (u.ultimo_uso === null ? say.never : showMoment(u.ultimo_uso)),
          },
          {
            title: say.profiles,
            cell: (u) =>
              u.profili.map(({ profile_id }) => named.get(profile_id) ?? profile_id).join(', ') ||
              say.noProfile,
          },
          {
            title: say.actions,
            hidden: true,
            cell: (u) =>
              u.state === 'ended' ? null : (
                <>
                  {u.state === 'active' ? button(u, 'sospendi', say.suspend) : null}
                  {u.state === 'suspended' ? button(u, 'riattiva', say.back) : null}
                  {u.state === 'active' || u.state === 'invited' ? button(u, 'reinvita', say.keys) : null}
                  {button(u, 'cessa', say.end)}
                </>
              ),
          },
        ]}
      />
      {doing === null ? null : (
        <Ask
          title={stopping ? say.stopTitle(doing.user.user_id) : say.keysTitle(doing.user.user_id)}
          confirm={
            { sospendi: say.suspend, cessa: say.end, riattiva: say.back, reinvita: say.keys }[doing.what]
          }
          reason={stopping}
          onConfirm={(motivo) => act(doing, motivo)}
          onClose={() => setDoing(null)}
        >
          <p>{stopping ? say.stopText : say.keysText}</p>
        </Ask>
      )}
      <Invite onInvited={setInvitation} />
      <GiveProfile users={list.data.utenti.filter(({ state }) => state !== 'ended')} />
    </>
  );
}

function Word({ invitation }: { readonly invitation: Invitation }) {
  const say = useWords(WORDS);
  return (
    <Notice kind="done">
      <p>{say.word(invitation.utente)}</p>
      <p className="code">{invitation.invito}</p>
      <p>{say.until(showMoment(invitation.scade))}</p>
    </Notice>
  );
}

function Invite({ onInvited }: { readonly onInvited: (invitation: Invitation) => void }) {
  const say = useWords(WORDS);
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const empty = { ente: '', cognome: '', nome: '', codice_fiscale: '', ufficio: '', accesso: 'ordinario' };
  const [form, setForm] = useState(empty);
  const [error, setError] = useState<unknown>(null);
  const bodies = useBodies(scopo);
  const set = (part: keyof typeof empty) => (event: { target: { value: string } }) =>
    setForm({ ...form, [part]: event.target.value });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    const { ufficio, accesso, ...rest } = form;
    try {
      onInvited(
        await call('userInvite', {
          scopo,
          ...rest,
          accesso: accesso as 'ordinario' | 'amministrazione',
          ...(ufficio.trim() === '' ? {} : { ufficio: ufficio.trim() }),
        }),
      );
      setForm(empty);
      await queries.invalidateQueries({ queryKey: ['userList'] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <details className="panel mt-3">
      <summary>{say.invite}</summary>
      <form onSubmit={(event) => void submit(event)} className="mt-3">
        {error === null ? null : <Problem error={error} />}
        <div className="row-fields">
          <Choice label={say.body} value={form.ente} required onChange={set('ente')}>
            <option value="">{say.choose}</option>
            {bodies.data?.enti
              .filter(({ ended }) => !ended)
              .map(({ body_id, name }) => (
                <option key={body_id} value={body_id}>
                  {name}
                </option>
              ))}
          </Choice>
          <Field label={say.surname} value={form.cognome} required maxLength={80} onChange={set('cognome')} />
          <Field label={say.given} value={form.nome} required maxLength={80} onChange={set('nome')} />
          <Field
            label={say.code}
            value={form.codice_fiscale}
            required
            maxLength={16}
            onChange={set('codice_fiscale')}
          />
          <Field label={say.office} value={form.ufficio} maxLength={120} onChange={set('ufficio')} />
          <Choice label={say.account} value={form.accesso} onChange={set('accesso')}>
            <option value="ordinario">{say.ordinary}</option>
            <option value="amministrazione">{say.administration}</option>
          </Choice>
        </div>
        <button type="submit" className="btn btn-primary">
          {say.send}
        </button>
      </form>
    </details>
  );
}

function GiveProfile({ users }: { readonly users: readonly User[] }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const [user, setUser] = useState('');
  const [profile, setProfile] = useState('');
  const [comune, setComune] = useState('');
  const [error, setError] = useState<unknown>(null);
  const known = useProfiles(scopo);
  const listed = known.data?.profili.find(({ profilo }) => profilo === profile)?.territorio === 'listed';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      await call('grantGive', {
        scopo,
        accesso: user,
        profilo: profile,
        ...(listed && comune !== '' ? { comuni: [comune] } : {}),
      });
      setProfile('');
      await queries.invalidateQueries({ queryKey: ['userList'] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <details className="panel">
      <summary>{say.profile}</summary>
      <form onSubmit={(event) => void submit(event)} className="mt-3">
        {error === null ? null : <Problem error={error} />}
        <div className="row-fields">
          <Choice label={say.name} value={user} required onChange={(event) => setUser(event.target.value)}>
            <option value="">{say.choose}</option>
            {users.map((u) => (
              <option key={u.user_id} value={u.user_id}>
                {`${u.surname} ${u.given_name} (${u.user_id})`}
              </option>
            ))}
          </Choice>
          <Choice
            label={say.profile}
            value={profile}
            required
            onChange={(event) => setProfile(event.target.value)}
          >
            <option value="">{say.choose}</option>
            {known.data?.profili.map((p) => (
              <option key={p.profilo} value={p.profilo}>
                {p[language]}
              </option>
            ))}
          </Choice>
          {listed ? (
            <Choice
              label={say.comuni}
              value={comune}
              required
              onChange={(event) => setComune(event.target.value)}
            >
              <option value="">{say.choose}</option>
              {codes.comuni.map(({ codice, parole }) => (
                <option key={codice} value={codice}>
                  {parole}
                </option>
              ))}
            </Choice>
          ) : null}
        </div>
        <button type="submit" className="btn btn-primary">
          {say.give}
        </button>
      </form>
    </details>
  );
}
