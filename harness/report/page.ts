import type { Location } from '../check/finding.ts';
import type { Palette } from './palette.ts';

/** What a report is written on. */
export interface Page {
  /** Columns of text; no line is wider, except a command to paste, which stays whole. */
  readonly width: number;
  readonly palette: Palette;
  /** The student's own line at a place, as it stands in the file; undefined where it cannot be read. */
  readonly source: (location: Location) => string | undefined;
}

/** Narrower than this nothing is laid out: lines get longer than asked instead. */
export const LEAST_WIDTH = 40;

/** Prose wider than this is hard to read. */
const PROSE = 100;

/** The width that a page really has. */
export const pageWidth = (page: Page): number => Math.max(LEAST_WIDTH, Math.floor(page.width));

/** The width of prose on it. */
export const proseWidth = (page: Page): number => Math.min(PROSE, pageWidth(page));
