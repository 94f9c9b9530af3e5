import { folded } from '../inventory.ts';
import { fill } from '../text.ts';
import { controlWords } from '../words/inventory.ts';
import { all, spoken } from './dom.ts';

export interface FindingFilter {
  /** Reads the findings again, after their words changed. */
  refresh(): void;
  /** Shows all of them. */
  clear(): void;
}

const noFilter: FindingFilter = { refresh() {}, clear() {} };

/** Narrows the list of findings to what its form asks for. */
export function enableFindingFilter(): FindingFilter {
  const form = document.querySelector<HTMLFormElement>('#finding-filters');
  if (!form) return noFilter;
  const read = () =>
    all('.finding:not([data-muted])').map((element) => ({
      element,
      text: folded(element.textContent ?? ''),
    }));
  let findings = read();
  const severities = new Set<string>();
  const buttons = all<HTMLButtonElement>('[data-severity-filter]', form);

  const apply = () => {
    const asked = new FormData(form);
    const words = folded(String(asked.get('query') ?? ''))
      .split(/\s+/)
      .filter(Boolean);
    const system = String(asked.get('system') ?? '');
    const rule = String(asked.get('rule') ?? '');
    let n = 0;
    for (const { element, text } of findings) {
      const { severity = '', systems = '', rule: own } = element.dataset;
      const fits =
        (severities.size === 0 || severities.has(severity)) &&
        (!system || systems.split(' ').includes(system)) &&
        (!rule || own === rule) &&
        words.every((word) => text.includes(word));
      element.hidden = !fits;
      if (fits) n += 1;
    }
    form.classList.toggle('empty', n === 0);
    const output = form.querySelector('output');
    if (output) output.textContent = spoken(fill(controlWords.shown, { n, total: findings.length }));
  };
  for (const button of buttons)
    button.addEventListener('click', () => {
      const severity = button.dataset.severityFilter ?? '';
      if (!severities.delete(severity)) severities.add(severity);
      button.setAttribute('aria-pressed', String(severities.has(severity)));
      apply();
    });
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
  return {
    refresh() {
      findings = read();
      apply();
    },
    clear() {
      form.reset();
      severities.clear();
      for (const button of buttons) button.setAttribute('aria-pressed', 'false');
      apply();
    },
  };
}
