import type { Inventory } from '../inventory.ts';
import { enableCopying } from './copying.ts';
import { enableDisclosures, followReading } from './disclosures.ts';
import { all } from './dom.ts';
import { enableFindingFilter } from './finding-filter.ts';
import { enableInventory } from './inventory-explorer.tsx';
import { languageSwitch } from './other-language.ts';
import { switchTheme } from './theme.ts';

const data = (id: string): unknown => JSON.parse(document.getElementById(id)?.textContent ?? 'null');
const onClick = (id: string, act: () => void) => document.getElementById(id)?.addEventListener('click', act);

const findings = enableFindingFilter();
const inventory = enableInventory(data('inventory-data') as Inventory);
const changeLanguage = languageSwitch(data('other-language') as string[]);

onClick('theme', switchTheme);
onClick('print', () => print());
onClick('language', () => {
  changeLanguage();
  const button = document.getElementById('language');
  if (button) button.lang = document.documentElement.lang === 'fr' ? 'en' : 'fr';
  findings.refresh();
  inventory?.refresh();
});
for (const link of all('[data-status]'))
  link.addEventListener('click', () => inventory?.look({ status: link.dataset.status ?? '' }));
enableCopying();
enableDisclosures((target) => {
  if (target.hidden) findings.clear();
});
followReading();
