import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { dueReviews, type Reviewed } from './reviews.ts';

const user = (user_id: string, state: 'active' | 'suspended' = 'active') => ({
  user_id,
  body_id: 'B1',
  surname: 'Rossi',
  given_name: 'Anna',
  codice_fiscale: 'X',
  office: null,
  account: 'ordinary' as const,
  state,
  reason: null,
});
const grant = (holder_id: string, reviewed_on: string) => ({
  holder_id,
  profile_id: 'police',
  comuni: [],
  reviewed_on: day(reviewed_on),
});
const use = (holder_id: string, used_at: string) => ({ holder_id, used_at, address: '10.0.0.1' });
const nothing: Reviewed = { users: [], clients: [], grants: [], agreements: [], lastUses: [] };
const TODAY = day('2026-06-01');

describe('what asks for a decision (security.md, 3 and 6)', () => {
  it.each([
    ['2025-06-01', 'review-past'],
    ['2025-06-30', 'review-due'],
    ['2025-07-02', null],
  ])('a profile reviewed on %s: %s', (reviewed, kind) => {
    const found = dueReviews(
      {
        ...nothing,
        users: [user('U1')],
        grants: [grant('U1', reviewed)],
        lastUses: [use('U1', '2026-05-31T10:00:00Z')],
      },
      TODAY,
    );
    expect(found.map((due) => due.kind)).toEqual(kind === null ? [] : [kind]);
  });

  it.each([
    ['2025-11-30T12:00:00Z', 'unused'],
    ['2025-12-15T12:00:00Z', 'unused-soon'],
    ['2026-02-01T12:00:00Z', null],
  ])('an account last used on %s: %s', (used, kind) => {
    const found = dueReviews(
      { ...nothing, users: [user('U1')], grants: [grant('U1', '2026-05-01')], lastUses: [use('U1', used)] },
      TODAY,
    );
    expect(found.map((due) => due.kind)).toEqual(kind === null ? [] : [kind]);
  });

  it('an account without a profile; none of those that are not active', () => {
    const found = dueReviews({ ...nothing, users: [user('U1'), user('U2', 'suspended')] }, TODAY);
    expect(found).toMatchObject([{ kind: 'no-profile', id: 'U1' }]);
  });
});
