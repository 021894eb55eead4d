"""Personal data of contact persons: masked before anything else sees the text (FACTS rule 17)."""

from __future__ import annotations

import re

MASK = "＊"
# Between a label and what it labels: colon, white space, the cell borders of a flattened table.
GAP = r"[\s:：]*"
LABELLED = (
    # 联系人：某某某   | 项目\n联系人\n\t某某
    re.compile(
        rf"(?:联\s*系\s*人|经\s*办\s*人|填\s*报\s*人|负\s*责\s*人\s*姓\s*名){GAP}"
        r"(?P<personal>(?!联|电|单|职)[\u4e00-\u9fa5·]{1,2}[ \u3000]?[\u4e00-\u9fa5·]{1,3})(?=[\s，,。；;、（(]|$)"
    ),
    # 联系电话：023-00000000  | 传真、电子邮箱
    re.compile(
        rf"(?:电\s*话|手\s*机|传\s*真|联系方式|联系电话){GAP}"
        r"(?P<personal>[（(]?\d[\d\s\-－—()（）转/、]{5,40}\d)"
    ),
)
BARE = (
    re.compile(r"(?<![\d.])(?P<personal>1[3-9]\d{9})(?![\d.])"),
    re.compile(r"(?<![\d.])(?P<personal>0\d{2,3}\s?[-－—]\s?\d{7,8})(?![\d.])"),
    re.compile(r"(?P<personal>[\w.+-]+@[\w-]+\.[\w.-]+)", re.ASCII),
)


def mask_personal_data(text: str) -> str:
    """The text with names and numbers of contact persons replaced, character by character.

    White space inside a masked stretch stays, so lines and cells keep their places.
    """
    for pattern in (*LABELLED, *BARE):
        text = pattern.sub(mask_match, text)
    return text


def mask_match(match: re.Match[str]) -> str:
    whole, personal = match.group(), match.group("personal")
    start = match.start("personal") - match.start()
    masked = "".join(c if c.isspace() else MASK for c in personal)
    return whole[:start] + masked + whole[start + len(personal) :]
