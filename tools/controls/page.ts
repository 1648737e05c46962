/** docs/rules/controls.md: control → code → test, written once every test was seen to fail without its control. */
import type { Removal } from './removal.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A line of the table. */
export const controlsLine = ({ control, what, file, test, title }: Removal): string =>
  `| ${control === 'input' ? 'Input' : control} | ${cell(what)} | \`${file}\` | \`${test}\` (“${cell(title)}”) |`;

export const controlsPage = (
  removals: readonly Removal[],
): string => `# Controls, each with a test that fails without it

The controls of security.md that are kept. Each line was taken out of the code by one edit (\`tools/controls\`), and its test was seen to fail;
\`node tools/controls/remove.ts [CONTROL…]\` does it again, \`--write\` makes this page. What keeps a rule, and what else shows it: README.md.

| control | what is taken away | code | test that fails |
| --- | --- | --- | --- |
${removals.map(controlsLine).join('\n')}
`;
