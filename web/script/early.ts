import { keptTheme } from './theme.ts';

// Before the first paint: controls that need a script appear, and the chosen theme holds.
document.documentElement.classList.add('js');
const theme = keptTheme();
if (theme) document.documentElement.dataset.theme = theme;
