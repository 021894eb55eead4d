// What the explorer says, in Chinese and in English.

const WORDS = {
  graph: ["关系图：{count} 个事物。下面的列表内容相同。", "Graph; things in it: {count}. The list below has the same."],
  heading: ["关系图", "Graph"],
  undo: ["撤销", "Undo"],
  redo: ["重做", "Redo"],
  fit: ["看全部", "Fit"],
  larger: ["放大", "Zoom in"],
  smaller: ["缩小", "Zoom out"],
  arrange: ["重新排列", "Arrange"],
  share: ["复制链接", "Copy link"],
  shared: ["链接已复制；打开它会看到同样的图。", "Link copied; opening it shows the same graph."],
  exported: ["导出", "Export"],
  year: ["年度", "Year"],
  allYears: ["所有年度", "All years"],
  shown: ["显示", "Show"],
  tools: ["关系图工具", "Graph tools"],
  list: ["列表（与图相同）", "As a list (the same as the graph)"],
  details: ["所选事物", "Chosen thing"],
  nothing: ["点选一个事物或一条连线。", "Choose a thing or a line."],
  page: ["它的页面", "Its page"],
  only: ["只留它", "Keep only this"],
  remove: ["移去", "Remove"],
  pin: ["固定", "Pin"],
  unpin: ["不再固定", "Unpin"],
  pathFrom: ["以它为路径起点", "Path from here"],
  pathTo: ["从“{name}”到它的路径", "Path from “{name}” to here"],
  joined: ["与 {count} 个事物相连", "Things it is joined to: {count}"],
  relations: ["关系：按一下展开或收起", "Relations: press to expand or collapse"],
  more: ["再添 {count} 个", "{count} more"],
  shownOf: ["{shown}/{count}", "{shown}/{count}"],
  added: ["添了 {count} 个：{label}", "Added {count}: {label}"],
  removed: ["移去 {count} 个", "Removed {count}"],
  sentences: ["原文", "Sentences"],
  byList: ["据代码表，不出自文件。", "By a code list, not by a document."],
  allSentences: ["全部原文", "All sentences"],
  choose: ["选择", "Choose"],
  full: ["图中最多放 {count} 个事物；请先移去一些。", "The graph holds at most {count} things; remove some first."],
  unreachable: ["服务没有回答，请稍后再试。", "The server does not answer; please try again later."],
  byHand: ["链接就是地址栏里的地址，请从那里复制。", "The link is the address of this page; please copy it from there."],
  failed: ["没有做成：{why}", "That did not work: {why}"],
  loading: ["正在读取……", "Loading …"],
  paths: ["路径", "Paths"],
  suggested: ["建议", "Suggestions"],
  suggestions: ["{count} 个建议", "Suggestions: {count}"],
  noSuggestion: ["没有建议", "No suggestions"],
  findInMap: ["在地图中找", "Find in the map"],
  notInMap: ["地图中没有这个名称。", "Nothing in the map is called so."],
  members: ["{count} 个成员", "{count} members"],
  near: ["在图中相连", "Joined in the map"],
  explore: ["从它开始探索", "Explore from it"],
  community: ["社群 {number}", "Community {number}"],
} as const;

export type Word = keyof typeof WORDS;
export type Say = (word: Word, values?: Record<string, string | number>) => string;

export function sayingIn(language: "zh" | "en"): Say {
  const column = language === "zh" ? 0 : 1;
  return (word, values = {}) =>
    WORDS[word][column].replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}
