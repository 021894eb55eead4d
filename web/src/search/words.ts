// What the suggestions say, in the language of the page.

const ZH = {
  list: "建议",
  all: (q: string, total: number) => `“${q}”的全部 ${total.toLocaleString("en")} 条结果`,
  found: (shown: number) => `${shown} 条建议，用上下键选择`,
  nothing: (q: string) => `没有找到“${q}”。可少用几个字，或换个说法；机构名可用拼音首字母（如 jyj）。`,
  noOffice: (q: string) => `没有名称含“${q}”的机构。可少用几个字，或用拼音首字母（如 jyj）。`,
  unreachable: "暂时取不到建议；按回车检索。",
  kinds: {
    office: "机构", document: "文件", theme: "职能主题", concept: "概念", project: "项目", "internal-office": "内设机构",
    division: "地方", "ontology-term": "术语", function: "职能", reason: "变动原因", definition: "名词解释",
    indicator: "绩效指标", sentence: "句子",
  } as Record<string, string>,
};

const EN: typeof ZH = {
  list: "Suggestions",
  all: (q, total) => (total === 1 ? `The one result for “${q}”` : `All ${total.toLocaleString("en")} results for “${q}”`),
  found: (shown) => `${shown} ${shown === 1 ? "suggestion" : "suggestions"}; choose with the arrow keys`,
  nothing: (q) => `Nothing found for “${q}”. Try fewer or other words; names of offices also by the initials of their pinyin (jyj).`,
  noOffice: (q) => `No office is called “${q}”. Try fewer characters, or the initials of its pinyin (jyj).`,
  unreachable: "No suggestions at the moment; press Enter to search.",
  kinds: {
    office: "Offices", document: "Documents", theme: "Themes", concept: "Concepts", project: "Projects",
    "internal-office": "Internal offices", division: "Places", "ontology-term": "Terms", function: "Functions",
    reason: "Reasons", definition: "Definitions", indicator: "Indicators", sentence: "Sentences",
  },
};

export type Words = typeof ZH;

/** The words of a language, as the `lang` of the page tells it. */
export function wordsOf(lang: string): Words {
  return lang.startsWith("en") ? EN : ZH;
}
