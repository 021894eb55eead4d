"""The words that label contact persons and their numbers, and the form of a Chinese name."""

from __future__ import annotations

import re

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
NAME = (
    rf"(?!{LABELS})(?:[\u4e00-\u9fa5]{{1,8}}(?:[·•][\u4e00-\u9fa5]{{1,8}})+"
    rf"|[{SURNAMES}](?:[ \u3000]?[\u4e00-\u9fa5]){{1,3}}?)"
)
