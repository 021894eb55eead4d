"""Personal data of contact persons: masked before anything else sees the text (FACTS rule 17).

A label (联系人：, 座机：) makes what follows it personal, up to the end of its sentence, line or cell;
some names and numbers are personal by their form; and a section of contacts is personal but for its
set words. Masking replaces character by character and keeps white space and punctuation, so every
offset and every line stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MASK = "＊"
LONGEST_STRETCH = 80
LONGEST_SECTION = 400
# Labels of people and of numbers, as printed with or without spaces between their characters.
PEOPLE = (
    "联系人员", "联系人", "联络人", "联络员", "经办人员", "经办人", "经办", "填报人", "填表人",
    "制表人", "审核人", "复核人", "单位负责人", "财务负责人", "部门负责人", "项目负责人",
    "分管领导", "负责人", "姓名",
)  # fmt: skip
NUMBERS = (
    "联系电话", "咨询电话", "监督电话", "举报电话", "办公电话", "电话号码", "电话", "座机",
    "手机号码", "手机号", "手机", "传真", "联系方式", "电子邮箱", "电子邮件", "邮箱", "微信号",
    "微信", "QQ号", "QQ", "身份证号码", "身份证号", "身份证", "Tel", "TEL", "tel", "E-mail",
    "Email", "email",
)  # fmt: skip
# What else a section of contacts says in every document.
SET_WORDS = (
    "本单位", "本部门", "单位", "部门", "决算", "预算", "公开", "信息", "反馈", "渠道", "和", "及",
    "与", "如有疑问", "疑问", "请", "拨打", "致电", "联系", "咨询", "监督", "地址", "网址", "时间",
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹"
    "关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶"
    "刁瞿戚丘古米池滕晋苑邬臧畅宫来"
)


def spaced(words: tuple[str, ...]) -> str:
    """A pattern of the words, longest first; spaces and a line end may part their characters."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(r"[ \u3000]*\n?".join(map(re.escape, word)) for word in ordered) + ")"


LABELS = spaced(PEOPLE + NUMBERS)
BRACKETED = r"(?:[ \u3000]*[（(][^（）()\n]{1,8}[）)])?"
HEADING_MARK = r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+部分)"
# What stands between a label and what it labels: a colon, or the border of a cell without a figure.
COLON = rf"[ \u3000]*[:：][ \u3000]*(?:\n[ \t\u3000]*(?!{HEADING_MARK}))?"
CELL = r"[ \u3000]*\n+\t+(?!\d{1,5}[ ]*(?:\n|$)|\d[\d,]*\.\d)"
LABEL = re.compile(rf"{LABELS}{BRACKETED}(?:{COLON}|{CELL})")
KEPT = re.compile(LABELS)
KEPT_IN_SECTION = re.compile(rf"{LABELS}|{spaced(SET_WORDS)}")
STRETCH_END = re.compile(r"[。；;\n]")
PUNCTUATION = frozenset("，,、。；;：:/（）()|")

NAME = (
    rf"(?!{LABELS})(?:[\u4e00-\u9fa5]{{1,8}}(?:[·•][\u4e00-\u9fa5]{{1,8}})+"
    rf"|[{SURNAMES}](?:[ \u3000]?[\u4e00-\u9fa5]){{1,3}}?)"
)
# A number that goes on, is a code or is an amount, is no number of a person.
CODES = "".join(rf"(?<!{word})(?<!{word}[:： ])" for word in ("编码", "代码", "编号", "账号"))
# All of them begin with one of these: looked at first, since it is cheap and most characters are none.
FREE = rf"(?=[\d+（(])(?<![0-9A-Za-z.,，\-]){CODES}"
END = r"(?![0-9A-Za-z]|[.,，]\d|\s*[%％万亿千元])"
BIRTHDAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # A name in brackets or after white space.
        rf"{spaced(PEOPLE)}[ \u3000]*[（(][ ]*(?P<personal>{NAME})(?=[ ]*[）)，,、/])",
        rf"{spaced(('联系人', '联络人', '经办人'))}[ \t\u3000]+(?P<personal>{NAME})(?=[\s，,。；;、/（(电手\d]|$)",
        # A number right after its label.
        rf"{spaced(NUMBERS)}{BRACKETED}[ \t\u3000]*[为是]?[ \u3000]*"
        rf"(?P<personal>[+（(]?\d[\d\-－—–() （）]{{4,}}\d){END}",
        # Mobile and landline numbers, service numbers, identity cards, mail.
        rf"{FREE}(?P<personal>(?:\+?86[\-\s]?)?1[3-9]\d[ \-]?\d{{4}}[ \-]?\d{{4}}){END}",
        rf"{FREE}(?P<personal>(?:\+?86[\-\s]?)?[（(]?0\d{{2,3}}[）)]?[ \-－—–]{{0,3}}\d{{7,8}}){END}",
        rf"{FREE}(?P<personal>\+86[ \-]?\d{{2,4}}[ \-]?\d{{7,8}}){END}",
        rf"{FREE}(?P<personal>[48]00[\- ]?\d{{3}}[\- ]?\d{{4}}){END}",
        rf"{FREE}(?P<personal>\d{{6}}{BIRTHDAY}\d{{3}}[\dXx]){END}",
        r"(?P<personal>(?:[A-Za-z0-9_.+\-]+|[\u4e00-\u9fa5·]{2,4})[ ]?[@＠][ ]?[A-Za-z0-9\-]+(?:[.．][A-Za-z0-9\-]+)+)",
    )
)
# A heading that says nothing but that contacts follow, so no duty such as 三、信息反馈处理.
CONTACT_HEADING = re.compile(
    rf"^[ \t\u3000]*{HEADING_MARK}[ \u3000]*(?=.*(?:联系方式|反馈渠道|咨询电话))"
    r"(?:本|部门|单位|预|决|算|公开|信息|反馈|渠道|联系方式|咨询|监督|电话|情况|和|及|与|、|[ \u3000])+[:：]?$",
    re.MULTILINE,
)
# A line of a contact section, but no plain sentence: one without labels, numbers and addresses.
CONTACT_LINE = re.compile(rf"^(?!(?:(?!{LABELS})[^\n\d@＠]){{10,}}。[ \u3000]*$).+", re.MULTILINE)
# A table or an attachment after the contacts is no part of them.
SECTION_END = re.compile(rf"^(?:[ \u3000]*(?:{HEADING_MARK}|附[件表录：:])|\t)", re.MULTILINE)


def mask_personal_data(text: str) -> str:
    """The text with names and numbers of contact persons replaced, character by character.

    >>> mask_personal_data("联系人：张某某  电话：000-12345678。")
    '联系人：＊＊＊  电话：＊＊＊＊＊＊＊＊＊＊＊＊。'
    """
    # Until nothing is left to mask: masking what is masked changes nothing.
    while (masked := mask_once(text)) != text:
        text = masked
    return text


def mask_once(text: str) -> str:
    """The text with every stretch masked that is found in it as it stands."""
    characters = list(text)
    for start, end in find_personal(text):
        for place in range(start, end):
            if not text[place].isspace() and text[place] not in PUNCTUATION:
                characters[place] = MASK
    return "".join(characters)


def is_personal(text: str) -> bool:
    """Whether anything in a text would be masked."""
    return mask_once(text) != text


def find_personal(text: str) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) of a text that are personal; they may overlap."""
    for label in LABEL.finditer(text):
        yield from without(KEPT, text, label.end(), stretch_end(text, label.end()))
    for form in FORMS:
        for found in form.finditer(text):
            yield found.span("personal")
    yield from contact_section(text)


def stretch_end(text: str, start: int) -> int:
    """Where a labelled stretch ends: with its sentence, line or cell."""
    found = STRETCH_END.search(text, start, start + LONGEST_STRETCH)
    return found.start() if found else min(len(text), start + LONGEST_STRETCH)


def without(kept: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the words kept in it: 联系人：某某 电话：…"""
    for word in kept.finditer(text, start, end):
        yield start, word.start()
        start = word.end()
    yield start, end


def contact_section(text: str) -> Iterator[tuple[int, int]]:
    """What stands below the heading of the contacts; an earlier one is of the table of contents."""
    headings = list(CONTACT_HEADING.finditer(text))
    if headings:
        start = headings[-1].end()
        following = SECTION_END.search(text, start + 1)
        end = min(following.start() if following else len(text), start + LONGEST_SECTION)
        for line in CONTACT_LINE.finditer(text, start, end):
            yield from without(KEPT_IN_SECTION, text, *line.span())
