// What a page is made of, without its words: all its elements with what is in them, except those that only hold others together.

/** In the page: the makes under an element, each with the first element that is so made. */
const makesOf = (root) => {
  const makes = new Map();
  const make = (element) => {
    const own = [element.tagName, element.getAttribute("class") ?? "", element.getAttribute("role") ?? "", element.getAttribute("type") ?? ""].join(".");
    const whole = `${own}(${[...new Set([...element.children].map(make))].join(",")})`;
    const name = ["BODY", "MAIN", "DIV"].includes(element.tagName) ? own : whole;
    if (!makes.has(name)) makes.set(name, element);
    return whole;
  };
  make(root);
  return makes;
};

/** Every page that is opened from now on can say what it is made of. */
export const tellMakes = (page) => page.addInitScript(`window.makesOf = ${makesOf}`);

/** The makes of a page that is read and not drawn, and where its links lead. */
export const parsed = (blank, html) =>
  blank.evaluate((html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return { makes: [...window.makesOf(page.body).keys()], links: [...page.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")) };
  }, html);
