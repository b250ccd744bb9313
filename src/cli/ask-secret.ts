import { openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';

/** What reads keys from a terminal that echoes none of them. */
interface Terminal {
  readonly input: AsyncIterable<Uint8Array | string>;
  readonly write: (text: string) => void;
}

const [INTERRUPT, END_OF_INPUT, BACKSPACE, KILL_LINE, DELETE] = ['\x03', '\x04', '\b', '\x15', '\x7f'];

/**
 * Asks at the terminal of the process, whatever its standard streams are, and shows nothing of the answers.
 *
 * @param interrupt - called for Ctrl-C, which a terminal that is read key by key makes no signal of
 * @returns one answer for each question; undefined where the process has no terminal
 * @internal
 */
export async function askSecrets(
  questions: readonly string[],
  interrupt: () => void,
): Promise<readonly string[] | undefined> {
  let descriptor: number;
  try {
    descriptor = openSync('/dev/tty', 'r+');
  } catch {
    return undefined;
  }
  const [input, output] = [new ReadStream(descriptor), new WriteStream(openSync('/dev/tty', 'w'))];
  let answers: readonly string[] | undefined;
  try {
    input.setRawMode(true);
    answers = await readSecrets(questions, { input, write: (text) => void output.write(text) });
  } finally {
    input.setRawMode(false);
    input.destroy();
    output.destroy();
  }
  if (answers === undefined) interrupt();
  return answers ?? questions.map(() => '');
}

/**
 * Lines of a terminal that echoes nothing, with the keys that a line is edited with (termios(3): VERASE, VKILL, VEOF).
 *
 * @returns one for each question, empty where the input ends before; undefined where it was interrupted
 * @internal
 */
export async function readSecrets(
  questions: readonly string[],
  { input, write }: Terminal,
): Promise<readonly string[] | undefined> {
  const decoder = new TextDecoder();
  const answers: string[] = [];
  let line: string[] = [];
  write(questions[0] ?? '');
  for await (const chunk of input) {
    for (const key of typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })) {
      switch (key) {
        case '\r':
        case '\n':
        case END_OF_INPUT:
          answers.push(line.join(''));
          line = [];
          write('\r\n');
          if (answers.length === questions.length) return answers;
          write(questions[answers.length] ?? '');
          break;
        case INTERRUPT:
          write('\r\n');
          return undefined;
        case BACKSPACE:
        case DELETE:
          line.pop();
          break;
        case KILL_LINE:
          line = [];
          break;
        default:
          line.push(key);
      }
    }
  }
  answers.push(line.join(''));
  return questions.map((_, index) => answers[index] ?? '');
}
