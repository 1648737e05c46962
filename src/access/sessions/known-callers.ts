/**
 * Who asks, for a server that is asked often: what `callerOf` says, at the cost of a share of a round trip. Sessions of requests that come meanwhile are
 * looked up together; what was read of a holder is kept as long as the epoch of access stands, which is read in the same look. So an end, made in
 * whatever way, shuts every key with the commit that makes it (control 4), as if everything were read each time.
 */
import { gathered } from '../../platform/db/gathered.ts';
import { findHolder } from '../accounts/holder.ts';
import type { Holder } from '../rights/authorise.ts';
import { markSeen, type SessionRow } from './sessions.sql.ts';
import { digest, type SessionCaller, type SessionContext, sessionsOf } from './sign-in.service.ts';

/** Holders kept: beyond, the one that was read first is read again. */
const MOST_KEPT = 5_000;

interface KnownSession {
  readonly epoch: number;
  readonly session: SessionRow;
}

export class KnownCallers {
  readonly #context: SessionContext;
  readonly #session: (key: Buffer) => Promise<KnownSession | null>;
  readonly #holders = new Map<string, { readonly epoch: number; readonly holder: Promise<Holder | null> }>();

  constructor(context: SessionContext) {
    this.#context = context;
    this.#session = gathered(async (keys) => {
      const { epoch, sessions } = await sessionsOf(context, keys, context.now());
      return keys.map((key) => {
        const session = sessions.get(key.toString('hex'));
        return session === undefined ? null : { epoch, session };
      });
    });
  }

  /** The caller of a session's word; null as `callerOf` has it. */
  async of(word: string): Promise<SessionCaller | null> {
    const key = digest(word);
    const known = await this.#session(key);
    if (known === null) return null;
    const { epoch, session } = known;
    await markSeen(this.#context.db, key, session, this.#context.now());
    const holder = await this.#holder(session.holder_id, epoch);
    return holder?.state === 'active' ? { holder, session } : null;
  }

  /** Read after the look that gave the epoch, a holder is of that epoch or newer: the next look tells. */
  #holder(id: string, epoch: number): Promise<Holder | null> {
    const kept = this.#holders.get(id);
    if (kept?.epoch === epoch) return kept.holder;
    const holder = findHolder(this.#context.db, id);
    this.#holders.delete(id);
    this.#holders.set(id, { epoch, holder });
    // What could not be read is asked for again.
    holder.catch(() => this.#holders.delete(id));
    const [first] = this.#holders.keys();
    if (this.#holders.size > MOST_KEPT && first !== undefined) this.#holders.delete(first);
    return holder;
  }
}
