/** What a command of the command line is, and what it is given. */
/** What a command is given: its own arguments, and where to write. */
export interface CommandContext {
  readonly args: readonly string[];
  readonly root: string;
  /** How the program was called, for commands that name another: "./sipop", or "./sipop --demo". */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** One command; `run` resolves to the exit status. Loaded only when called, so that --help is instant. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly italian: string;
  readonly english: string;
  readonly examples: readonly string[];
  readonly run: (context: CommandContext) => Promise<number>;
}
