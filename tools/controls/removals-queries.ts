/** Controls 18 to 23 of security.md, and its paragraph on input. */
import { type Removal, removal } from './removal.ts';

const AUTHORISE = 'src/access/rights/authorise.ts';
const ACCESS_TEST = 'test/http/access.test.ts';
const CUT = 'src/services/lookup/cut.ts';
const LOOKING = 'src/services/lookup/looking.ts';
const REVEALS = 'test/http/lookup-reveals.test.ts';
const QUESTION = 'src/services/lookup/question.ts';
const SEARCH_TEST = 'test/stories/search.test.ts';
const LEAKS = 'test/http/verification-leaks.test.ts';
const DISCLOSE = 'src/services/verification/disclose.ts';
const CSV_TEST = 'src/platform/http/csv.test.ts';

export const QUERIES: readonly Removal[] = [
  removal(
    18,
    'a purpose must be said',
    [
      AUTHORISE,
      "if (demand.purpose === null || demand.purpose === '') return 'purpose-missing';",
      "if (demand.purpose === null || demand.purpose === '') return null;",
    ],
    [ACCESS_TEST, 'control 18'],
  ),
  removal(
    18,
    'one of those agreed',
    [
      AUTHORISE,
      '!profile.purposes.includes(demand.purpose) || !agreement.purposes.includes(demand.purpose)',
      'demand.purpose.length > 60',
    ],
    [ACCESS_TEST, 'control 18'],
  ),
  removal(
    18,
    'a file number must be said',
    [AUTHORISE, "(demand.file === null || demand.file.trim() === ''))", "demand.file === '')"],
    [ACCESS_TEST, 'control 18'],
  ),
  removal(
    19,
    'fields of a person are cut to the profile',
    [CUT, 'fields.has(field) ? part : undefined', 'field === field ? part : undefined'],
    [ACCESS_TEST, 'control 19'],
  ),
  removal(
    19,
    'parts of the identity too',
    [CUT, 'fields.has(IDENTITY_FIELDS[name as keyof typeof IDENTITY_FIELDS]),', 'name in IDENTITY_FIELDS,'],
    ['src/services/lookup/cut.test.ts', 'control 19: a person'],
  ),
  removal(
    19,
    'and lines of a short list',
    [
      CUT,
      "...(fields.has('birth') ? { data_nascita: person.data_nascita } : {}),",
      'data_nascita: person.data_nascita,',
    ],
    ['src/services/lookup/cut.test.ts', 'control 19: a line of the short list'],
  ),
  removal(
    19,
    'what no schema names does not leave',
    ['src/platform/http/server.ts', 'const cut = operation.answer.parse(answer);', 'const cut = answer;'],
    ['test/http/server.test.ts', 'control 19'],
  ),
  removal(
    19,
    'who is outside the territory is nobody',
    [
      LOOKING,
      'if (!granted.mayIn(parla === null ? [] : [parla.comune], persona)) throw nobody();',
      "if (persona === '' && granted && parla) throw nobody();",
    ],
    [ACCESS_TEST, 'who is in another comune is, to a clerk, as if not there'],
  ),
  removal(
    19,
    'fields of one profile with the territory of another are neither’s',
    [
      'src/access/guard/guard.ts',
      'grants: holder.grants.filter(({ profile }) => profile.id === decision.profile),',
      'grants: holder.grants,',
    ],
    [ACCESS_TEST, 'control 19: two profiles are never added up'],
  ),
  removal(
    20,
    'a closed list of searches',
    [
      QUESTION,
      "z.strictObject({ per: z.literal('cognome_nascita'), cognome: name, data_nascita: wholeDay }),",
      "z.strictObject({ per: z.literal('cognome_nascita'), cognome: name, data_nascita: wholeDay }),\n  z.strictObject({ per: z.literal('nome'), nome: name }),",
    ],
    [SEARCH_TEST, 'anything outside the closed list is refused'],
  ),
  removal(
    20,
    'minimum keys',
    [QUESTION, '(date) => date.length === 10,', '(date) => date.length > 0,'],
    [SEARCH_TEST, 'anything outside the closed list is refused'],
  ),
  removal(
    20,
    'too many matches are a count without names',
    [
      'src/services/lookup/search.service.ts',
      'const persone = answering > cap ? null :',
      'const persone = answering < 0 ? null :',
    ],
    [SEARCH_TEST, 'more than the cap gives the count and no names'],
  ),
  removal(
    20,
    'names of too many leave neither where more are found',
    [
      'src/services/lookup/search.service.ts',
      'const persone = found.persons.length > request.cap ? null :',
      'const persone = found.persons.length < 0 ? null :',
    ],
    [SEARCH_TEST, 'more than the cap gives the count and no names'],
  ),
  removal(
    21,
    'a user’s quota',
    [
      'src/access/quotas/quotas.ts',
      "if (!(await this.#take(holderId, 'user', day))) throw new QuotaUsedUp('user', now);",
      '',
    ],
    ['test/http/quotas.test.ts', 'a user’s day of questions ends with a 429'],
  ),
  removal(
    21,
    'a body’s quota',
    [
      'src/access/quotas/quotas.ts',
      "if (!(await this.#take(bodyId, 'body', day))) throw new QuotaUsedUp('body', now);",
      '',
    ],
    ['test/http/quotas.test.ts', 'a body’s quota is that of all its users together'],
  ),
  removal(
    21,
    'over all processes and after a restart',
    ['src/access/quotas/quotas.sql.ts', 'set taken = u.taken + greatest(', 'set taken = greatest('],
    ['test/http/quotas.test.ts', 'a quota is one for all processes'],
  ),
  removal(
    22,
    'an unsure answer is A, never N',
    [
      'src/services/verification/verdict.ts',
      "has('indeterminato') || elementi.length === 0 ? 'A'",
      "has('indeterminato') || elementi.length === 0 ? 'N'",
    ],
    ['test/stories/verification-persons.test.ts', 'homonyms: several are nobody in particular, and never N'],
  ),
  removal(
    22,
    'a reason tells no more than the profile may read',
    [
      DISCLOSE,
      'return readable.family ? finding : bare(finding);',
      'return readable.family || declared.oggetto ? finding : bare(finding);',
    ],
    [LEAKS, 'by field, count and error'],
  ),
  removal(
    22,
    'nor that somebody died',
    [
      DISCLOSE,
      "return readable.death || declared.oggetto !== 'residenza'",
      "return readable.death || declared.oggetto !== 'decesso'",
    ],
    [LEAKS, 'by field, count and error'],
  ),
  removal(
    23,
    'the address of somebody protected is withheld',
    [CUT, "(!hidden || fields.has('protectedAddress'))", "(!hidden || fields.has('address'))"],
    [ACCESS_TEST, 'control 23'],
  ),
  removal(
    23,
    'also of who lives with them',
    [
      LOOKING,
      'isHidden: (entry) => found.has(entryKey(entry)),',
      "isHidden: (entry) => found.get(entryKey(entry)) === 'own',",
    ],
    [REVEALS, 'never learns where somebody protected lives or lived'],
  ),
  removal(
    23,
    'nobody protected is found by where they live',
    [
      'src/services/lookup/answering.ts',
      'if (person.entries.some((entry) => shielded.has(entryKey(entryName(entry))))) return [];',
      '',
    ],
    [REVEALS, 'never learns where somebody protected lives or lived'],
  ),
  removal(
    23,
    'marked unasked',
    [CUT, 'const rest = { ...flags, protetto };', 'const rest = { ...flags, protetto: false && protetto };'],
    [ACCESS_TEST, 'control 23'],
  ),
  removal(
    23,
    'a verification tells nothing of where they live',
    [DISCLOSE, 'if (hidden) return null;', ''],
    [LEAKS, 'who is protected (control 23)'],
  ),
  removal(
    'input',
    'a spreadsheet runs nothing of what is written',
    ['src/platform/http/csv.ts', 'const harmless = isFormula(cell)', "const harmless = isFormula('')"],
    [CSV_TEST, 'a leading = + - @ tab or NUL is made harmless'],
  ),
  removal(
    'input',
    'an upload is no larger than it may be',
    [
      'src/services/intake/upload/uploads.http.ts',
      'dimensione: z.int().min(1).max(MOST_BYTES)',
      'dimensione: z.int().min(1)',
    ],
    ['test/http/supplies.test.ts', 'larger than may be, of a name that is a path'],
  ),
  removal(
    'input',
    'a name of a file is no path',
    ['src/services/intake/upload/uploads.http.ts', '    .regex(FILE_NAME)\n', ''],
    ['test/http/supplies.test.ts', 'larger than may be, of a name that is a path'],
  ),
  removal(
    'input',
    'what was compressed too much is not unpacked',
    [
      'src/services/intake/archive/archive.ts',
      'if (bytes > limits.ratioFromBytes && bytes > limits.ratio * entry.compressedSize)',
      'if (bytes < 0)',
    ],
    ['test/golden/intake.test.ts', 'SIP-001-bomb'],
  ),
  removal(
    'input',
    'not too many files',
    [
      'src/services/intake/archive/archive.ts',
      'if (zip.entryCount > limits.entries)',
      'if (zip.entryCount < 0)',
    ],
    ['test/golden/intake.test.ts', 'SIP-001-too-many-entries'],
  ),
  removal(
    'input',
    'XML has no DTD',
    [
      'src/platform/xml/xml-reader.ts',
      "parser.on('doctype', () => {",
      "parser.on('doctype', () => {\n      if (parser) return;",
    ],
    ['src/platform/xml/xml-records.test.ts', 'a document is refused'],
  ),
  removal(
    'input',
    'a file of an archive is no link',
    ['src/services/intake/archive/archive.ts', 'if (kind !== 0 && kind !== REGULAR)', 'if (kind < 0)'],
    ['test/golden/intake.test.ts', 'SIP-001-link'],
  ),
  removal(
    'input',
    'no path of an archive leaves the folder',
    ['src/services/intake/archive/archive.ts', '|| /[/\\\\:\\p{C}\\ufffd]/u.test(name))', ')'],
    ['test/golden/intake.test.ts', 'SIP-001-leaves-folder'],
  ),
  removal(
    'input',
    'no query in an address',
    [
      'src/platform/http/server.ts',
      'if (Object.keys(request.query as object).length > 0) throw noQuery();',
      '',
    ],
    ['test/http/server.test.ts', 'control 34: a query string is refused'],
  ),
  removal(
    'input',
    'no body is larger than it may be',
    [
      'src/platform/http/server.ts',
      '    bodyLimit: options.bodyLimit,\n    // Slow',
      '    bodyLimit: 1e9,\n    // Slow',
    ],
    ['test/http/server.test.ts', 'control 41: application/problem+json on every error'],
  ),
];
