/** Who is signed in, and what they may: asked of the server once, when the page is loaded, and again after each sign-in. */
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Answer, call, onSessionOver, setCsrf } from '../api/client.ts';
import type { Operations } from '../api/contract.ts';

export type Me = Answer<'sessionResume'>;
export type LastAccess = Answer<'sessionOpen'>['ultimo_accesso'];

interface Session {
  /** undefined: not known yet; null: nobody. */
  readonly me: Me | null | undefined;
  readonly lastAccess: LastAccess;
  /** The session ended under the page: who signs in again goes on where they were. */
  readonly over: boolean;
  signedIn(csrf: string, lastAccess: LastAccess): Promise<void>;
  signOut(): Promise<void>;
  /** May any of the profiles do it? What the screen offers; the server decides anew each time. */
  can(operation: keyof Operations | (string & {})): boolean;
}

const SessionContext = createContext<Session | null>(null);
/** When and from where the last access was: the user's own, and gone with the window. */
const LAST = 'sipop-ultimo-accesso';

function keptLastAccess(): LastAccess {
  try {
    return JSON.parse(sessionStorage.getItem(LAST) ?? 'null') as LastAccess;
  } catch {
    return null;
  }
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const [lastAccess, setLastAccess] = useState<LastAccess>(keptLastAccess);
  const [over, setOver] = useState(false);
  const waiting = useRef<((again: boolean) => void)[]>([]);
  const queries = useQueryClient();

  const resume = useCallback(async () => {
    try {
      const found = await call('sessionResume', {});
      setCsrf(found.csrf);
      setMe(found);
      return found;
    } catch {
      setMe(null);
      return null;
    }
  }, []);

  useEffect(() => {
    void resume();
  }, [resume]);

  useEffect(() => {
    onSessionOver(() => {
      setOver(true);
      return new Promise<boolean>((resolve) => waiting.current.push(resolve));
    });
    return () => onSessionOver(null);
  }, []);

  const signedIn = useCallback(
    async (csrf: string, last: LastAccess) => {
      setCsrf(csrf);
      setLastAccess(last);
      sessionStorage.setItem(LAST, JSON.stringify(last));
      const before = me?.utente.id;
      const found = await resume();
      // Somebody else at the same window sees nothing of who was there before.
      const same = found !== null && (before === undefined || before === found.utente.id);
      if (!same) queries.clear();
      setOver(false);
      for (const resolve of waiting.current.splice(0)) resolve(same);
      if (!same && before !== undefined) window.location.assign('/');
    },
    [me, resume, queries],
  );

  const signOut = useCallback(async () => {
    await call('sessionClose', {}).catch(() => undefined);
    sessionStorage.removeItem(LAST);
    setCsrf(null);
    // A page loaded anew holds nothing of what was seen.
    window.location.assign('/');
  }, []);

  const session = useMemo<Session>(
    () => ({
      me,
      lastAccess,
      over,
      signedIn,
      signOut,
      can: (operation) => me?.profili.some(({ operazioni }) => operazioni.includes(operation)) ?? false,
    }),
    [me, lastAccess, over, signedIn, signOut],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session provider');
  return session;
}
