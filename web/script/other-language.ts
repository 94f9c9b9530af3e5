import { pieces, plain } from '../prose.ts';
import { all, language } from './dom.ts';

/** Everything on the page that has another language, with what it says in the one that is not shown. */
interface Swap {
  swap(): void;
}

function swaps(others: readonly string[]): Swap[] {
  const other = language() === 'fr' ? 'en' : 'fr';
  const texts = all('[data-t]').map((element): Swap => {
    const words = pieces(others[Number(element.dataset.t)] ?? '', other);
    let hidden: Node[] = words.map(({ code, text }) => {
      if (!code) return document.createTextNode(text);
      const name = document.createElement('code');
      name.textContent = text;
      return name;
    });
    return {
      swap() {
        const shown = [...element.childNodes];
        element.replaceChildren(...hidden);
        hidden = shown;
      },
    };
  });
  const labels = all('[data-i]').map((element): Swap => {
    const names = element.dataset.a?.split(' ') ?? [];
    let hidden = plain(others[Number(element.dataset.i)] ?? '', other);
    return {
      swap() {
        const shown = element.getAttribute(names[0] ?? '') ?? '';
        for (const name of names) element.setAttribute(name, hidden);
        hidden = shown;
      },
    };
  });
  return [...texts, ...labels];
}

/** Makes the function that turns the page to its other language, and back. */
export function languageSwitch(others: readonly string[]): () => void {
  let prepared: Swap[] | undefined;
  return () => {
    prepared ??= swaps(others);
    for (const { swap } of prepared) swap();
    document.documentElement.lang = language() === 'fr' ? 'en' : 'fr';
  };
}
