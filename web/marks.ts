/**
 * The drawings behind every mark, 16 by 16, in the current colour. A status has two halves: left declared, right
 * observed. They are set once in the page and used by name.
 */
export const MARKS: Record<string, string> = {
  verified: '<path d="M7.3 2a6 6 0 0 0 0 12zM8.7 2a6 6 0 0 1 0 12z"/>',
  drifted: '<path d="M7.3.6a6 6 0 0 0 0 12zM8.7 3.4a6 6 0 0 1 0 12z"/>',
  missing:
    '<path d="M7.3 2a6 6 0 0 0 0 12z"/><path d="m10 5.6 4.8 4.8m0-4.8L10 10.4" fill="none" stroke="currentColor" stroke-width="1.7"/>',
  unverified:
    '<path d="M7.3 2a6 6 0 0 0 0 12z"/><path d="M9.2 2.4a5.7 5.7 0 0 1 0 11.2" fill="none" stroke="currentColor" stroke-width="1.7" stroke-dasharray="1.7 2"/>',
  undocumented:
    '<path d="M6.8 2.8a5.4 5.4 0 0 0 0 10.4z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M8.7 2a6 6 0 0 1 0 12z"/>',
  undefined:
    '<path d="M6.8 2.8a5.4 5.4 0 0 0 0 10.4z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M9.2 2.4a5.7 5.7 0 0 1 0 11.2" fill="none" stroke="currentColor" stroke-width="1.7" stroke-dasharray="1.7 2"/>',
  critical:
    '<path fill-rule="evenodd" d="M3.5 1h9A2.5 2.5 0 0 1 15 3.5v9a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 1 12.5v-9A2.5 2.5 0 0 1 3.5 1zM7 3.5v6h2v-6zM7 11v2h2v-2z"/>',
  high: '<path d="M1.5 10h3v4h-3zM6.5 6.5h3V14h-3zM11.5 3h3v11h-3z"/>',
  medium: '<path d="M1.5 10h3v4h-3zM6.5 6.5h3V14h-3z"/><path d="M11.5 3h3v11h-3z" opacity=".28"/>',
  low: '<path d="M1.5 10h3v4h-3z"/><path d="M6.5 6.5h3V14h-3zM11.5 3h3v11h-3z" opacity=".28"/>',
  pass: '<path d="m3 8.5 3.4 3.4L13 4.8" fill="none" stroke="currentColor" stroke-width="2"/>',
  fail: '<path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="2"/>',
  unknown:
    '<path d="M5 6a3 3 0 1 1 4.3 2.7C8.3 9.2 8 9.7 8 10.6" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="8" cy="13.3" r="1.1"/>',
  partial: '<path d="M2.5 8h11" stroke="currentColor" stroke-width="2"/>',
  ready:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.6"/><circle cx="8" cy="8" r="2.4"/>',
  blocked:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.5 2"/>',
  undone:
    '<path d="M3 7h6.5a3.5 3.5 0 0 1 0 7H7M6 3.5 2.5 7 6 10.5" fill="none" stroke="currentColor" stroke-width="1.8"/>',
  differs:
    '<path d="M2.5 5.8h11m-11 4.4h11M10.5 2l-5 12" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  document:
    '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5m-5 3h5" fill="none" stroke="currentColor" stroke-width="1.3"/>',
  eye: '<path d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8z" fill="none" stroke="currentColor" stroke-width="1.3"/><circle cx="8" cy="8" r="2.2"/>',
};
