// What axe finds on a page (WCAG 2.2 A and AA). Contrast is three quarters of its work; so it is measured once for every look of a
// text on its ground: the same colours and letters on the same grounds, from the page inwards, answer the same on every page.

import axe from "axe-core";

const RULES = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, rules: { "color-contrast": { enabled: false } } };
const CONTRAST = { runOnly: { type: "rule", values: ["color-contrast"] } };
// Axe need not describe what is right.
const BRIEF = { resultTypes: ["violations"], preload: false };

const looked = new Set();

/** The looks of all texts and controls of the page; their elements wait there by the same number. */
const looks = (page) =>
  page.evaluate(() => {
    const grounds = new Map();
    const ground = (element) => {
      if (!element) return "";
      if (!grounds.has(element)) {
        const { backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode } = getComputedStyle(element);
        const own = [element.tagName, element.className?.baseVal ?? element.className, backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode];
        grounds.set(element, `${ground(element.parentElement)}>${own.join(" ")}`);
      }
      return grounds.get(element);
    };
    const all = new Map();
    for (const element of document.body.querySelectorAll("*")) {
      const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) || "value" in element;
      if (!says) continue;
      const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
      const look = [ground(element), color, fontSize, fontWeight, textShadow, element.disabled ?? ""].join(" ");
      all.set(look, [...(all.get(look) ?? []), element]);
    }
    window.looks = [...all.values()];
    return [...all.keys()];
  });

/** Axe comes with every page that is opened from now on. */
export const carry = (page) => page.addInitScript(axe.source);

/** What axe finds on a page of a window that carries it, in words; `makes`: only where the page is made so. */
export async function findings(page, makes = null) {
  const all = await looks(page);
  const fresh = all.flatMap((look, number) => (looked.has(look) ? [] : [number]));
  all.forEach((look) => looked.add(look));
  const violations = await page.evaluate(
    async ([rules, contrast, fresh, makes]) => {
      const include = fresh.flatMap((number) => window.looks[number]);
      const within = makes && window.makesOf(document.body);
      const parts = makes?.map((make) => within.get(make)).filter(Boolean);
      const found = [await window.axe.run(parts?.length > 0 ? { include: parts } : document, rules)];
      if (include.length > 0) found.push(await window.axe.run({ include }, contrast));
      return found.flatMap((one) => one.violations);
    },
    [{ ...RULES, ...BRIEF }, { ...CONTRAST, ...BRIEF }, fresh, makes],
  );
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`));
}
