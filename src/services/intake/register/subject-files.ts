/** The files that speak of subjects, in the order in which their rows are judged. */
import {
  CITTADINANZE,
  type FileSpec,
  GENERALITA,
  ISCRIZIONI,
  LEGAMI,
  RESIDENZE,
  SOGGETTI,
  STATI_CIVILI,
} from '../rows/file-specs.ts';

export const SUBJECT_FILES: readonly FileSpec[] = [
  SOGGETTI,
  LEGAMI,
  RESIDENZE,
  ISCRIZIONI,
  STATI_CIVILI,
  CITTADINANZE,
  GENERALITA,
];

/** Places in SUBJECT_FILES. */
export const FILE = {
  soggetti: 0,
  legami: 1,
  residenze: 2,
  iscrizioni: 3,
  stati_civili: 4,
  cittadinanze: 5,
  generalita: 6,
} as const;
