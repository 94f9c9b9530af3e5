import { all } from './dom.ts';

/** Opens everything around what the address points at, after `show` made it visible, and goes there. */
function reveal(show: (element: HTMLElement) => void): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  show(target);
  for (let details = target.closest('details'); details; ) {
    details.open = true;
    details = details.parentElement?.closest('details') ?? null;
  }
  target.scrollIntoView({ block: 'start' });
}

/** Links open what they lead to; buttons open or close all; printing opens everything that is read. */
export function enableDisclosures(show: (element: HTMLElement) => void): void {
  for (const button of all('[data-expand]'))
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      for (const details of all<HTMLDetailsElement>(button.dataset.expand ?? '')) details.open = open;
      button.setAttribute('aria-expanded', String(open));
    });
  addEventListener('hashchange', () => reveal(show));
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = all<HTMLDetailsElement>('details:not([open], .through)');
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
  reveal(show);
}

/** Marks in the contents the section that is being read. */
export function followReading(): void {
  const links = new Map(all<HTMLAnchorElement>('.rail nav a').map((link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute('aria-current');
        links.get(target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  for (const section of all('main > section[id]')) observer.observe(section);
}
