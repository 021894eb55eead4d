"""Identity of public bodies: one name in one district is one identifier, in every document.

An identifier is `{division6}-{h8}`: the GB/T 2260 code of the division, and the first 8 hex digits
of SHA-256 over the full name. A renamed body is another body; `org:ChangeEvent` joins the two.

A body whose place can be several divisions (a bare 鼓楼区财政局 in the text of another province)
has the code 000000, and its hash counts in who calls it so: two documents that may mean different
bodies never share an identifier. `Body.candidates` tells which divisions may be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from ingest.places import PlacedName, fold, level_word, read_place, region_parts, stem
from ontology.divisions import Division, find_division
from ontology.organization_names import OfficialName, official_name, split_foreword

BodyClass = Literal["Department", "PublicInstitution"]
UNKNOWN_DIVISION = "000000"
# Bodies of the whole state, unless their name goes on with a division.
NATIONAL = re.compile(
    r"中国|中华|国家|全国|中央|国务院|最高人民(?:法|检察)院"
    # The ministries: an office named 部 in a district is of the party (组织部) or of the army (人武部).
    r"|(?:财政|教育|公安|民政|司法|商务|交通运输|农业农村|农业|水利|生态环境|自然资源|文化和旅游|应急管理|退役军人(?:事务)?"
    r"|人力资源和?社会保障|住房和?城乡建设|科学技术|科技|工业和信息化)部$"
)
STATE = "中国"
OWN_UNIT = re.compile(
    r"\((?:[局委厅]?机关|[局委厅]?本级|本部|机关本级|本级机关)\)$|(?<=[局厅会委室部院])(?:本级|本部)$|(?<=[局厅会])机关$"
)
# 法院 and 检察院 are organs of state, whatever their last character says.
INSTITUTION = re.compile(
    r"(?<!法)(?<!检察)(?:中心|学校|医院|院|馆|站|所|校|园|队|台|社|库)(?:\([^()]*\))?$"
)
# 区委X and 自治区党委X are organs of the party; 委托 and 委属 are plain words.
COMMITTEE = re.compile(r"党?委(?:员会)?(?!托|外|培|属|派)")
YOUTH_LEAGUE = re.compile(r"^团(?=(?:自治[区州县旗]|[省市区县州旗盟])委)")
# 区委区直机关工委 is the 直属机关工作委员会 of the district.
DIRECT_ORGANS = re.compile(r"^(?:委(?:员会)?)?[省市区县旗州]?直(?:属)?机关(?=工委|工作委员会)")
# 甲区人民政府乙街道办事处 is 乙街道办事处; 政府路街道 is the name of a street.
SENT_BY_GOVERNMENT = re.compile(r"^(?:人民)?政府(?=[一-龥]{2,10}(?:街道|街道办|街道办事处)$)")
# 区公安分局 is 市公安局甲区分局.
BRANCH = re.compile(
    r"(?P<kind>公安|生态环境|规划和自然资源|自然资源和规划)(?:局(?P<place>.{2,8}))?分局"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A public body as its name tells it to a reader in a region.

    `foreword` stands before the place (中共, 国家税务总局), `name` behind it in its official form.
    """

    foreword: str
    placed: PlacedName
    name: str

    @property
    def full_name(self) -> str:
        """The whole name with the divisions."""
        place = "" if self.placed.inside else self.placed.place
        return self.foreword + place + self.name

    @property
    def place(self) -> str:
        """The place that the body belongs to: a division, or a name that no list has."""
        return self.placed.place

    @property
    def is_open(self) -> bool:
        """Whether the name leaves open which of several places the body belongs to."""
        return self.placed.is_open

    @property
    def candidates(self) -> tuple[Division, ...]:
        """The divisions that the place can mean, if the name leaves it open."""
        return self.placed.candidates

    def division(self, year: int | None = None) -> Division | None:
        """The division of the body, the one that held the place in a fiscal year if a list has it;
        None for a place that is not in GB/T 2260 or that can be several."""
        division = None if self.is_open else find_division(self.place)
        return division.in_year(year) if division and year else division


@lru_cache(65536)
def identify(name: str, region: str) -> Body:
    """The body that a document calls by this name.

    Args:
        name: as the document writes it: full, or without the district (区X, X).
        region: the district of the disclosing office, with its province or city.

    >>> identify("区委组织部", "示例市甲区").full_name
    '中共示例市甲区委组织部'
    >>> identify("共青团甲区委", "示例市甲区").full_name, identify("区人社局", "示例市甲区").full_name
    ('共青团示例市甲区委员会', '示例市甲区人力资源和社会保障局')
    """
    bare = YOUTH_LEAGUE.sub("共青团", normalize_name(name), count=1)
    fore = split_foreword(bare)
    placed = read_place(fore.name, region)
    if fore.foreword and not placed.told:
        return national_body(bare)
    if not placed.told and NATIONAL.match(bare):
        return national_body(bare)
    official = official_form(fore.foreword, placed)
    return branch_of_upper(Body(official.foreword, placed, official.name), region)


def national_body(name: str) -> Body:
    """A body of the whole state."""
    return Body("", PlacedName((STATE,), name, False, inside=True), name)


def official_form(foreword: str, placed: PlacedName) -> OfficialName:
    """The official name behind the place; a committee behind it is the party's."""
    rest = SENT_BY_GOVERNMENT.sub("", DIRECT_ORGANS.sub("直属机关", placed.rest))
    official = official_name(rest)
    foreword = foreword or official.foreword
    committee = COMMITTEE.match(official.name)
    if committee is None:
        return OfficialName(foreword, official.name)
    behind = official.name[committee.end() :]
    if foreword in {"", "中共"}:
        # 中共甲区委组织部, but 中共某自治区委员会组织部.
        short = behind and not placed.place.endswith("自治区")
        return OfficialName("中共", f"委{behind}" if short else f"委员会{behind}")
    return OfficialName(foreword, "委员会" + behind)


def branch_of_upper(body: Body, region: str) -> Body:
    """A branch of the city's bureau under one name: 甲区公安分局 is 示例市公安局甲区分局, and so is
    示例市公安局甲乙分局 to a reader in 甲乙区."""
    branch, parts = BRANCH.fullmatch(body.name), body.placed.parts
    if branch is None or not parts or body.foreword or body.is_open:
        return body
    if branch["place"] in (None, parts[-1]):
        above, district = parts[:-1], parts[-1]
    else:
        own = region_parts(region)[-1:]
        above, district = parts, branch["place"]
        district = own[0] if own and stem(own[0]) == district else district
    placed = PlacedName(above, body.name, True)
    return Body("", placed, f"{branch['kind']}局{district}分局") if above else body


def normalize_name(name: str) -> str:
    """The name in NFKC without white space and without （本级）, as identifiers are made of."""
    return OWN_UNIT.sub("", fold(name))


def short_hash(text: str) -> str:
    """The first 8 hex digits of SHA-256 over the text in UTF-8."""
    return sha256(text.encode("utf-8")).hexdigest()[:8]


def full_name(name: str, region: str) -> str:
    """The official name with its district, as a reader in the district understands it.

    >>> full_name("区行政服务中心", "示例市甲区")
    '示例市甲区行政服务中心'
    >>> full_name("大数据服务中心", "示例市甲区")
    '示例市甲区大数据服务中心'
    >>> full_name("甲区档案馆（本级）", "示例市甲区")
    '示例市甲区档案馆'
    >>> full_name("市财政局", "示例市甲区")
    '示例市财政局'
    """
    return identify(name, region).full_name


def organization_identifier(name: str, region: str, apart: str = "") -> str:
    """The identifier of the body that a disclosure of the region calls by this name.

    Args:
        name: as the document writes it: full, or without the district (区X, X).
        region: the district of the disclosing office, with its province or city.
        apart: what tells the document from all others, for a region that can be several divisions.
    """
    body = identify(name, region)
    division = body.division()
    code = division.code if division else UNKNOWN_DIVISION
    return f"{code}-{short_hash(hashed_name(body, region, apart))}"


def hashed_name(body: Body, region: str, apart: str) -> str:
    """What an identifier is made of: the full name; if its place is open, also who calls it so."""
    if not body.is_open:
        return body.full_name
    caller = apart if body.place.startswith(fold(region)) else fold(region)
    return f"{body.full_name}\n{caller}"


def label(name: str, region: str) -> str:
    """The full name as printed: with full-width brackets. Equal identifiers have equal labels."""
    return full_name(name, region).translate(str.maketrans("()", "（）"))


def short_names(name: str, region: str) -> tuple[str, ...]:
    """The names of a body inside its province and inside its district.

    >>> short_names("示例市甲区档案馆", "示例市甲区")
    ('甲区档案馆', '区档案馆')
    >>> short_names("区委组织部", "示例市甲区")
    ('中共甲区委组织部', '甲区委组织部', '区委组织部')
    """
    body = identify(name, region)
    parts = region_parts(body.place)
    if body.placed.inside or body.is_open or not parts:
        return ()
    bare = body.name.translate(str.maketrans("()", "（）"))
    tails = ["".join(parts[n:]) for n in range(1, len(parts))]
    named = [body.foreword + tail + bare for tail in tails]
    level = level_word(parts[-1])
    heads = [*tails, *([level] if level else [])]
    if body.foreword:
        # 甲区委组织部 is the party's without 中共; 甲区税务局 and 甲区委员会 say too little.
        is_organ = body.foreword == "中共" and bare.startswith("委")
        bare = "委" if bare == "委员会" else bare
        heads = heads if is_organ else []
    return tuple(dict.fromkeys((*named, *(head + bare for head in heads))))


def body_class(name: str) -> BodyClass:
    """The class of a body by its name: 中心, 院, 馆, 站… are public institutions (事业单位)."""
    return "PublicInstitution" if INSTITUTION.search(normalize_name(name)) else "Department"
