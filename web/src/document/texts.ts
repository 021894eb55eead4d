// What the island says in the language of the page.

const TEXTS = {
  zh: {
    previous: "上一个事实",
    next: "下一个事实",
    find: "在正文中查找",
    noFind: "没有找到",
    findBefore: "上一处",
    findAfter: "下一处",
    foundIn: (all: number) => `共 ${all} 处`,
    found: (place: number, all: number) => `第 ${place} 处，共 ${all} 处`,
    list: (family: string) => `列出全部${family}`,
    all: "显示全部种类",
    states: (count: string) => `这一句说了 ${count} 件事`,
    failed: "现在取不到这一句的事实；可重新载入页面",
    keys: "Alt+↑ 与 Alt+↓ 逐个查看，Esc 关闭",
  },
  en: {
    previous: "Previous fact",
    next: "Next fact",
    find: "Find in the text",
    noFind: "Not found",
    findBefore: "Find the one before",
    findAfter: "Find the next",
    foundIn: (all: number) => `${all} found`,
    found: (place: number, all: number) => `${place} of ${all}`,
    list: (family: string) => `List all: ${family}`,
    all: "Show all kinds",
    states: (count: string) => `This sentence states ${count} ${count === "1" ? "fact" : "facts"}`,
    failed: "The facts of this sentence cannot be had now; load the page again",
    keys: "Alt+↑ and Alt+↓ go from fact to fact, Esc closes",
  },
};

export const texts = document.documentElement.lang.startsWith("zh") ? TEXTS.zh : TEXTS.en;
