// Cuts Public Sans to Latin letters, with those that Tribal and European names need, so that two
// weights fit a first visit. Merriweather is taken whole: its name is reserved for the whole face.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const fonts = 'node_modules/@uswds/uswds/dist/fonts';
const ranges = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x18f, 0x18f], [0x1a0, 0x1a1], [0x1af, 0x1b0], [0x1cd, 0x1dc], [0x1e6, 0x1eb],
  [0x218, 0x21b], [0x241, 0x242], [0x259, 0x259], [0x294, 0x294], [0x2bb, 0x2bc], [0x2c6, 0x2c7], [0x2d8, 0x2dd],
  [0x300, 0x304], [0x306, 0x308], [0x30a, 0x30c], [0x323, 0x323], [0x327, 0x328], [0x2010, 0x2015],
  [0x2018, 0x201e], [0x2020, 0x2022], [0x2026, 0x2026], [0x202f, 0x202f], [0x2032, 0x2033], [0x2039, 0x203a],
  [0x20ac, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x2248, 0x2248], [0x2264, 0x2265],
];
const letters = ranges
  .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)))
  .join('');

await mkdir('static/fonts', { recursive: true });
for (const [name, weight] of [['Regular', 400], ['SemiBold', 600]]) {
  const whole = await readFile(`${fonts}/public-sans/PublicSans-${name}.ttf`);
  const cut = await subsetFont(whole, letters, { targetFormat: 'woff2' });
  await writeFile(`static/fonts/public-sans-${weight}.woff2`, cut);
}
await copyFile(`${fonts}/merriweather/Latin-Merriweather-Regular.woff2`, 'static/fonts/merriweather-400.woff2');
