import { controlWords } from '../words/inventory.ts';
import { all, announce, spoken } from './dom.ts';

const SHOWN_FOR = 1600;

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A local file may be refused the clipboard: the older way still works there.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

function onCopy(button: HTMLElement, text: () => string): void {
  button.addEventListener('click', async () => {
    await copy(text());
    button.dataset.done = spoken(controlWords.copied);
    announce(controlWords.copied);
    setTimeout(() => {
      delete button.dataset.done;
    }, SHOWN_FOR);
  });
}

const commandsIn = (element: ParentNode): string =>
  all('.cmd pre', element)
    .map((pre) => pre.textContent ?? '')
    .join('\n');

/** Gives life to the buttons that copy one command, or all of a group. */
export function enableCopying(): void {
  for (const button of all('[data-copy]'))
    onCopy(button, () => commandsIn(button.closest('.cmd') ?? document.createElement('div')));
  for (const button of all('[data-copy-all]'))
    onCopy(button, () => commandsIn(button.closest('[data-commands]') ?? document.createElement('div')));
}
