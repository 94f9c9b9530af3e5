/** The drawing of a path, in pixels: widths are the page's, heights are fixed, so that lines can be placed. */
export const ROW_HEIGHT = 172;
export const ROW_GAP = 30;
export const COLUMN_GAP = 20;
/** How far under the top of a box the line that leads to it comes in. */
export const LEVEL = 46;

/** Of the drawing that goes down: the height of a box, the gap before it. */
export const DOWN_HEIGHT = 104;
export const DOWN_GAP = 26;

/** Between the lines of two causes. */
export const CAUSE_STEP = 16;
/** Under one another, each with its label. */
export const CAUSE_HEIGHT = 26;
