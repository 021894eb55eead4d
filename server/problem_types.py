"""The kinds of problems that the service answers with: one table, in Chinese and English.

RFC 9457 (3.1.3) lets only the title be translated; the detail is one English sentence about the
request at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.negotiation import liked_language

#: Where the kinds are explained; `type` of a problem is a reference to there.
EXPLAINED = "/docs#problem-"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its titles, and what to do about it."""

    title_zh: str
    title_en: str
    advice_zh: str
    advice_en: str

    @property
    def name(self) -> str:
        """The name in the reference.

        >>> PROBLEM_TYPES["Wrong parameter"].name
        'wrong-parameter'
        """
        return self.title_en.lower().replace(" ", "-")

    @property
    def reference(self) -> str:
        return EXPLAINED + self.name

    def title(self, accept_language: str | None) -> str:
        """The title in the language that is liked best, in both when neither is."""
        titles = {"zh": self.title_zh, "en": self.title_en}
        liked = liked_language(accept_language, [*titles])
        return titles[liked] if liked else self.heading

    @property
    def heading(self) -> str:
        """The title in both languages."""
        return f"{self.title_zh} {self.title_en}"


def table(*types: ProblemType) -> Mapping[str, ProblemType]:
    """The rows by their English titles, each of them once."""
    made = {each.title_en: each for each in types}
    assert len(made) == len(types)
    return made


#: By their English titles, which is what the code calls them.
PROBLEM_TYPES = table(
    ProblemType(
        "请求不对", "Bad request", "按说明改写请求。", "Write the request as the detail says."
    ),
    ProblemType(
        "参数不对",
        "Wrong parameter",
        "看 nearest 中相近的名称。",
        "See the names in `nearest`, if any.",
    ),
    ProblemType(
        "没有这种格式",
        "Unknown format",
        "用列出的格式。",
        "Take one of the formats that are listed.",
    ),
    ProblemType("没有这个路径", "Not found", "所有路径见 /docs。", "All paths are told in /docs."),
    ProblemType(
        "当前发布中没有",
        "Not in the release",
        "发布换新后可能有了。",
        "A later release may hold it.",
    ),
    ProblemType(
        "没有这个机构",
        "Unknown office",
        "看 nearest 中相近的机构。",
        "See the offices in `nearest`.",
    ),
    ProblemType(
        "没有这个名称", "Unknown name", "看 nearest 中相近的名称。", "See the names in `nearest`."
    ),
    ProblemType(
        "没有这个问题",
        "Unknown query",
        "看 nearest 中相近的问题。",
        "See the questions in `nearest`.",
    ),
    ProblemType(
        "没有这一年度的文件",
        "No document of the year",
        "years 是有文件的年度。",
        "The years with documents are in `years`.",
    ),
    ProblemType(
        "名称不唯一", "Ambiguous name", "从 candidates 中选一个。", "Choose one of `candidates`."
    ),
    ProblemType(
        "机构数不对",
        "Wrong number of offices",
        "给出 2 至 20 个机构。",
        "Name from 2 to 20 offices.",
    ),
    ProblemType(
        "同一机构两次", "The same office twice", "每个机构只写一次。", "Name every office once."
    ),
    ProblemType(
        "不能比较", "Not comparable", "换别的机构或年度。", "Take other offices or another year."
    ),
    ProblemType(
        "方法不对",
        "Method not allowed",
        "可用的方法在 Allow 中。",
        "The header Allow tells the methods.",
    ),
    ProblemType(
        "没有这种媒体类型",
        "Not acceptable",
        "从 offered 中选一种写进 Accept。",
        "Accept one of the media types in `offered`.",
    ),
    ProblemType(
        "请求体太大", "Content too large", "把请求拆小。", "Split the request; `limit` is in bytes."
    ),
    ProblemType(
        "没有这些字节",
        "Range not satisfiable",
        "长度在 Content-Range 中。",
        "Content-Range tells how many bytes there are.",
    ),
    ProblemType(
        "正在生成",
        "Being made",
        "过 Retry-After 秒再试。",
        "Ask again after Retry-After seconds.",
    ),
    ProblemType("地址太长", "URI too long", "长查询用 POST。", "Post long queries."),
    ProblemType(
        "请求头太大", "Header fields too large", "减少请求头。", "Send fewer or shorter headers."
    ),
    ProblemType(
        "请求体的字符集不对",
        "Unsupported character set",
        "请求体要用 UTF-8。",
        "Send the body in UTF-8.",
    ),
    ProblemType(
        "请求体的类型不对",
        "Unsupported media type",
        "可用的类型在 Accept-Post 中。",
        "The header Accept-Post tells the types.",
    ),
    ProblemType(
        "查询有语法错误",
        "Malformed query",
        "位置见 line、column 和 fragment。",
        "`line`, `column` and `fragment` tell the place, `expected` what may stand there.",
    ),
    ProblemType(
        "不执行 SERVICE",
        "SERVICE is refused",
        "本服务不代查询访问别的服务器。",
        "This server asks no other server on behalf of a query.",
    ),
    ProblemType(
        "不执行 LOAD",
        "LOAD is refused",
        "只装入管理者允许的来源。",
        "Only sources that those who run the service allow are loaded.",
    ),
    ProblemType(
        "更新不成",
        "Update failed",
        "什么都没有写入；按说明改写更新。",
        "Nothing was written; write the update as the detail says.",
    ),
    ProblemType(
        "RDF 有语法错误",
        "Malformed RDF",
        "位置见 line 和 column；什么都没有写入。",
        "`line` and `column` tell the place; nothing was written.",
    ),
    ProblemType(
        "写入要有令牌",
        "Token wanted",
        "加上请求头 Authorization: Bearer 令牌。",
        "Send the header Authorization: Bearer TOKEN.",
    ),
    ProblemType(
        "令牌不对",
        "Wrong token",
        "请向服务的维护者要写入令牌。",
        "Ask those who run the service for the write token.",
    ),
    ProblemType(
        "查询超时",
        "Query stopped",
        "缩小查询范围，或加 LIMIT。",
        "Narrow the query, or give it a LIMIT.",
    ),
    ProblemType(
        "答案过大",
        "Answer too large",
        "用 LIMIT 和 OFFSET 分次查询。",
        "Ask for less at once, with LIMIT and OFFSET.",
    ),
    ProblemType(
        "服务忙", "Server busy", "过 Retry-After 秒再试。", "Ask again after Retry-After seconds."
    ),
    ProblemType(
        "查询中断",
        "Query aborted",
        "查询可能用了太多内存；请缩小范围。",
        "The query may have needed too much memory; narrow it.",
    ),
    ProblemType(
        "查询失败", "Query failed", "原因在服务器日志中。", "The server's log has the reason."
    ),
    ProblemType(
        "还没有发布",
        "No release",
        "等数据入库后再试。",
        "Ask again when documents have been read in.",
    ),
    ProblemType(
        "还没有检索索引",
        "No search index",
        "索引在建；过一会儿再试。",
        "It is being made; ask again in a moment.",
    ),
    ProblemType(
        "数据不可用",
        "Data unusable",
        "请告诉服务的维护者。",
        "Please tell those who run the service.",
    ),
    ProblemType(
        "服务内部出错",
        "Internal error",
        "请告诉服务的维护者。",
        "Please tell those who run the service.",
    ),
)
