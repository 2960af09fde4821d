import closeWithGrace from 'close-with-grace';
import { timeout } from './settings.js';

/** Imported by nobody. */
export function install(close: () => Promise<void>) {
  closeWithGrace({ delay: timeout }, close);
}
