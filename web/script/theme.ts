const KEY = 'constat-theme';

/** The theme chosen on this machine; undefined follows the system. Storage may be refused to a local file. */
export function keptTheme(): string | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    return undefined;
  }
}

/** Goes to the other theme, and keeps it. */
export function switchTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const theme = dark === 'dark' ? 'light' : 'dark';
  root.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}
