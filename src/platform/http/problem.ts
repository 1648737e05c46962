/**
 * `application/problem+json` (RFC 9457), the one shape of every refusal that leaves the server (security.md, control 41).
 * One table gives status and title of each code; whatever is not an AppError is a defect, told only by its number.
 */
import { AppError, type AppErrorCode } from '../../kernel/app-error.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** The two languages of every message (house.md). */
export interface Words {
  readonly it: string;
  readonly en: string;
}
export type Language = keyof Words;

export interface ProblemKind {
  readonly status: number;
  readonly title: Words;
}

const kind = (status: number, it: string, en: string): ProblemKind => ({ status, title: { it, en } });

/** What each refusal is to a program: the compiler asks for a line when a code is added. */
export const PROBLEMS: Readonly<Record<AppErrorCode, ProblemKind>> = {
  usage: kind(400, 'Richiesta errata', 'Wrong request'),
  'invalid-request': kind(400, 'Richiesta non valida', 'Invalid request'),
  unauthenticated: kind(401, 'Accesso non riconosciuto', 'Not signed in'),
  forbidden: kind(403, 'Operazione non consentita', 'Not allowed'),
  'not-found': kind(404, 'Nessun risultato', 'Nothing found'),
  'wrong-method': kind(405, 'Metodo non previsto', 'Method not allowed'),
  ambiguous: kind(409, 'Più risultati possibili', 'More than one result'),
  conflict: kind(409, 'In contrasto con ciò che è registrato', 'In conflict with what is recorded'),
  'too-large': kind(413, 'Richiesta troppo grande', 'Request too large'),
  'wrong-media-type': kind(415, 'Tipo di contenuto non previsto', 'Media type not supported'),
  'too-many-requests': kind(429, 'Troppe richieste', 'Too many requests'),
  backup: kind(500, 'Copia di sicurezza non riuscita', 'Backup failed'),
  'check-died': kind(500, 'Controllo interrotto', 'Check interrupted'),
  'database-version': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  'database-migration': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  'database-unavailable': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  'disk-full': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  'audit-unavailable': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  'audit-damaged': kind(503, 'Servizio non disponibile', 'Service unavailable'),
  unavailable: kind(503, 'Servizio non disponibile', 'Service unavailable'),
};

/** A member of the request that is wrong: where (a JSON pointer) and why. */
export interface InvalidMember {
  readonly pointer: string;
  readonly detail: string;
}

/** The body of a refusal. `correlation_id` is what a caller quotes; the log holds the rest under it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly correlation_id: string;
  readonly errors?: readonly InvalidMember[];
}

/** An AppError that also names the members of the request that are wrong. */
export class InvalidRequest extends AppError {
  readonly members: readonly InvalidMember[];

  constructor(members: readonly InvalidMember[]) {
    super(
      'invalid-request',
      'la richiesta non rispetta lo schema: correggere gli elementi elencati in «errors»',
      'the request does not keep to the schema: mend the members listed in "errors"',
    );
    this.name = 'InvalidRequest';
    this.members = members;
  }
}

/** An AppError with members of its own in its body (RFC 9457, 3.2), for programs written to another contract. */
export class ExtendedRefusal extends AppError {
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: AppErrorCode,
    italian: string,
    english: string,
    extra: Readonly<Record<string, unknown>>,
  ) {
    super(code, italian, english);
    this.name = 'ExtendedRefusal';
    this.extra = extra;
  }
}

const DEFECT: ProblemKind = kind(500, 'Errore interno', 'Internal error');
const DEFECT_DETAIL: Words = {
  it: 'errore inatteso del servizio: ripetere tra poco; se continua, comunicare il numero correlation_id a chi gestisce il servizio',
  en: 'unexpected error of the service: repeat in a while; if it goes on, give the number correlation_id to who runs the service',
};

/** Codes whose own words name the machine (addresses, folders): a caller is told only that the service is not there. */
const INWARD: ReadonlySet<AppErrorCode> = new Set([
  'database-version',
  'database-migration',
  'database-unavailable',
  'disk-full',
  'backup',
  'check-died',
  'audit-unavailable',
  'audit-damaged',
]);
const INWARD_DETAIL: Words = {
  it: 'il servizio non può rispondere adesso: ripetere tra poco',
  en: 'the service cannot answer now: repeat in a while',
};

/** @returns the refusal as it leaves the server, in the caller's language; nothing of a defect but its number */
export function problemOf(error: unknown, language: Language, correlationId: string): Problem {
  if (!(error instanceof AppError))
    return made(DEFECT, 'internal', DEFECT_DETAIL[language], language, correlationId);
  const words = INWARD.has(error.code) ? INWARD_DETAIL : { it: error.italian, en: error.english };
  const problem = made(PROBLEMS[error.code], error.code, words[language], language, correlationId);
  if (error instanceof ExtendedRefusal) return { ...error.extra, ...problem };
  return error instanceof InvalidRequest ? { ...problem, errors: error.members } : problem;
}

function made(of: ProblemKind, code: string, detail: string, language: Language, id: string): Problem {
  return {
    type: `urn:sipop:problem:${code}`,
    title: of.title[language],
    status: of.status,
    detail,
    code,
    correlation_id: id,
  };
}

/** The language a caller asked for (Accept-Language): English where it comes before Italian, else Italian. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const quality = options.map((option) => option.trim()).find((option) => option.startsWith('q='));
      return { tag: tag.slice(0, 2), quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter(({ tag, quality }) => (tag === 'it' || tag === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.tag === 'en' ? 'en' : 'it';
}
