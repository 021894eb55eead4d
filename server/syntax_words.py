"""Why a query does not parse, in Chinese; the parser and `store.syntax_explanation` speak English."""

from __future__ import annotations

import re

from store.errors import QuerySyntaxError

#: How many of the wanted words are told.
TOLD = 8
#: What may stand in a place, as `store.syntax_explanation` calls it; words of SPARQL stay as they are.
EXPECTED = {
    "a variable": "变量",
    "an IRI": "IRI",
    "a prefix with its colon": "带冒号的前缀",
    "a string": "字符串",
    "a number": "数字",
    "a blank node": "空白节点",
    "a function": "函数",
    "an aggregate": "聚合函数",
    "the end of the query": "到此结束",
}
#: The sentences of the explanation, and what each is in Chinese.
SENTENCES = (
    (r"(?P<word>`.*`) cannot stand here", r"{word} 不能写在这里"),
    (r"The query ends too early", "查询没有写完"),
    (r"The prefix (?P<prefix>.*:) is not declared", "前缀 {prefix} 没有声明"),
    (r"A string begins here that does not end", "从这里开始的字符串没有结束"),
    (r"The query does not parse near here", "这附近有语法错误"),
    (r"An IRI is malformed here", "这里的 IRI 写得不对，或是没有基础 IRI 的相对 IRI"),
    (r"SELECT names a variable twice", "SELECT 把一个变量写了两次"),
    (
        r"SELECT names a variable that is neither grouped nor aggregated",
        "SELECT 中有一个变量既没有分组也没有聚合",
    ),
    (r"SERVICE is refused", "本服务不代查询访问别的服务器（SERVICE）"),
)


def chinese_sentence(error: QuerySyntaxError) -> str:
    """The sentence for Chinese pages; empty where there is none for what the parser says.

    >>> chinese_sentence(QuerySyntaxError("Line 1, column 9: The prefix ex: is not declared.", 1, 9))
    '第 1 行第 9 列：前缀 ex: 没有声明。'
    """
    what = next(
        (
            chinese.format(**found.groupdict())
            for english, chinese in SENTENCES
            if (found := re.search(english, error.message, re.DOTALL))
        ),
        None,
    )
    if what is None or error.line is None or error.column is None:
        return ""
    return f"第 {error.line} 行第 {error.column} 列：{what}{wanted_words(error)}。"


def wanted_words(error: QuerySyntaxError) -> str:
    """What may stand there instead."""
    words = [EXPECTED.get(each, each) for each in error.expected]
    if not words:
        return ""
    return f"；可以写：{'、'.join(words[:TOLD])}{' 等' if len(words) > TOLD else ''}"
