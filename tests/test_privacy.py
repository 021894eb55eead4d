"""Personal data of contact persons is masked in every wording, and nothing else is."""

from __future__ import annotations

import time

import pytest

from ingest.reading.privacy import MASK, is_personal, mask_personal_data

NAME, NUMBER = "张三丰", "28222333"
# What is printed; the invented name and number in it must be gone.
PERSONAL = (
    "联系人：张三丰", "联系人:张三丰", "联系人： 张三丰", "联系人员：张三丰", "联络员：张三丰", "负责人：张三丰",
    "单位负责人：张三丰", "财务负责人：张三丰", "审核人：张三丰", "填表人：张三丰", "制表人：张三丰",
    "填报人：张三丰",
    "经办：张三丰", "经办人：张三丰", "经办人员：张三丰", "复核人：张三丰", "联系人（张三丰）",
    "联系人：财务科张三丰",
    "联系人：李四光/张三丰", "联系人：李四光、张三丰", "联系人：李四光，张三丰", "联 系 人 ： 张三丰",
    "联系人　张三丰",
    "联系人 张三丰 电话 000-28222333", "项目\n联系人\n\t张三丰\n\t联系电话\n\t28222333", "项目联系人\n\t张三丰\n",
    "联系电话：28222333", "电话：28222333", "座机：28222333", "电话号码：28222333", "电话（传真）：28222333",
    "咨询电话为28222333", "咨询电话：28222333", "监督电话：28222333", "传真：28222333", "Tel:28222333",
    "TEL：28222333",
    "(0851)28222333", "（0851）28222333", "0851 28222333", "0851-28222333", "085128222333", "+86 851 28222333",
    "86-0851-28222333", "联系方式：张三丰 28222333", "联系方式：28222333", "手机：13928222333",
    "手机号码：13928222333",
    "请拨13928222333。", "QQ：28222333", "QQ号:28222333", "微信：28222333", "邮箱：28222333@163.com",
    "28222333@qq.com",
    "张三丰@163.com", "28222333＠163.com", "E-mail：28222333@a.gov.cn", "身份证号：520101199028222333",
    "七、决算公开联系方式\n本单位决算公开信息反馈和联系方式：28222333",
    "七、决算公开联系方式\n张三丰  0851 28222333\n",
    "七、决算公开联系方式及信息反馈渠道\n联系人：张三丰    联系电话：000-28222333。",
    "联 系 人 ： 张 三 丰", "联系人：李四光和张三丰", "联系人：单雄信、张三丰", "联系人（李四光、电话28222333）",
    "联系人：\n张三丰\n联系电话：\n28222333", "项目联\n系人\n\t张三丰\n", "联系人\n\n\t张三丰\n",
    "咨询电话是28222333。", "电话 28222333", "400-282-2233 电话28222333", "联系人（张 三 丰）",
    "七、决算公开联系方式\n办公室张三丰\n", "七、咨询电话\n财务科 28222333\n八、其他",
    "第五部分 决算公开联系方式\n张三丰\n",
)  # fmt: skip
# Whole texts with what is left of them.
MASKED = {
    "联系人：阿卜杜拉·买买提。": "联系人：＊＊＊＊＊＊＊＊。",
    "联系人：John Smith。": "联系人：＊＊＊＊ ＊＊＊＊＊。",
    "联系人：单雄信，": "联系人：＊＊＊，",
    "联系人：电建国": "联系人：＊＊＊",
    "联系人：职有为": "联系人：＊＊＊",
    "联系人：联合国": "联系人：＊＊＊",
    "联系人：张和平": "联系人：＊＊＊",
    "联系人（张三丰）负责核对。": "联系人（＊＊＊）负责核对。",
    "热线400-000-1234。": "热线＊＊＊＊＊＊＊＊＊＊＊＊。",
    "证件520101199001011234。": "证件＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊。",
    "咨询电话为28222333，收入100万元。": "咨询电话为＊＊＊＊＊＊＊＊，收入100万元。",
    "七、决算公开联系方式\n李四光\n附件：\n\t收入 12.50": "七、决算公开联系方式\n＊＊＊\n附件：\n\t收入 12.50",
}
# What must stay as it is.
ORDINARY = (
    "承担重点联系人、志愿者的管理服务。", "密切联系人民群众。", "联系人大代表，办理建议。",
    "主要负责人用车0辆", "负责人事工作。",
    "负责人员培训。", "落实单位负责人会议制度。", "审核人员经费50万元。", "经办业务由中心承担。",
    "负责电话和网络问政。",
    "2023年度收入总计13912345678.90元", "支出总计1463.32万元", "项目编码 500116-2023-0001",
    "单价100万元（含）以上专用设备0台（套）",
    "截至2023年12月31日，共有车辆5辆", "公务用车13900000000元", "合同金额18000000000万元", "2020-2021年度",
    "办理手机信号覆盖工作。",
    "推广电子邮件系统。", "加强身份证管理。", "微信公众号运营。", "接听12345政务热线。", "第0851号文件",
    "联系方式改革。", "重点联系人（残疾人）服务。", "主要负责人\n\t0\n", "项目编码：085128222333",
    "项目编码50011620230000012345",
    "三、信息反馈处理\n收集意见。", "手机\n\t50.00\n", "联系人 电话 传真",
    "目录\n七、决算公开联系方式", "七、决算公开联系方式\n建议可寄送本单位的综合科室。\n",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_is_masked_in_every_wording(text: str) -> None:
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert MASK in masked
    bare = "".join(masked.split()).replace("-", "")
    assert NAME not in bare
    assert NUMBER not in bare
    assert mask_personal_data(masked) == masked


@pytest.mark.parametrize("text", ORDINARY)
def test_duties_and_figures_are_not_masked(text: str) -> None:
    assert mask_personal_data(text) == text


@pytest.mark.parametrize(("text", "masked"), MASKED.items())
def test_masking_leaves_what_stands_around_it(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize("text", PERSONAL)
def test_masked_text_passes_the_gate(text: str) -> None:
    assert is_personal(text)
    assert not is_personal(mask_personal_data(text))


def test_long_stretch_of_letters_takes_no_longer_than_its_length() -> None:
    started = time.process_time()
    mask_personal_data("1." * 100_000)
    assert time.process_time() - started < 5


def test_labels_and_lines_stay() -> None:
    text = "\t项目\n联系人\n\t张三\n\t联系电话\n\t28222333\n\n\t项目资金"
    assert (
        mask_personal_data(text)
        == "\t项目\n联系人\n\t＊＊\n\t联系电话\n\t＊＊＊＊＊＊＊＊\n\n\t项目资金"
    )


# Tables whose rows are lines: a form labels the cell beside, a list the column below.
IN_ROWS = {
    "\t联系人\t张三丰\t电话\t28222333\n\t项目资金\t100.00\t执行数\t90.00\n": (
        "\t联系人\t＊＊＊\t电话\t＊＊＊＊＊＊＊＊\n\t项目资金\t100.00\t执行数\t90.00\n"
    ),
    "\t序号\t姓名\t职务\t手机\n\t1\t张三丰\t主任\t13928222333\n\t2\t李四光\t科员\t\n": (
        "\t序号\t姓名\t职务\t手机\n\t1\t＊＊＊\t主任\t＊＊＊＊＊＊＊＊＊＊＊\n\t2\t＊＊＊\t科员\t\n"
    ),
    "\t单位\t联系电话\n\t甲局\t28222333\n\t乙局\t28222334\n": (
        "\t单位\t联系电话\n\t甲局\t＊＊＊＊＊＊＊＊\n\t乙局\t＊＊＊＊＊＊＊＊\n"
    ),
    "\t单位\t负责人\t电话（传真）\n\t甲局\t职有为\t28222333\n": (
        "\t单位\t负责人\t电话（传真）\n\t甲局\t＊＊＊\t＊＊＊＊＊＊＊＊\n"
    ),
    "姓名\t科室\t电话\n张三丰\t办公室\t28222333\n": "姓名\t科室\t电话\n＊＊＊\t办公室\t＊＊＊＊＊＊＊＊\n",
    "\t联系人：张三丰\t项目资金\t5.00\n": "\t联系人：＊＊＊\t项目资金\t5.00\n",
    "\t负责人\t\t电话\t\n\t项目资金\t10.00\t执行数\t9.00\n": (
        "\t负责人\t\t电话\t\n\t项目资金\t10.00\t执行数\t9.00\n"
    ),
    "\t项目\t手机\n\t采购\t50.00\n\t维护\t6\n": "\t项目\t手机\n\t采购\t50.00\n\t维护\t6\n",
}


@pytest.mark.parametrize(("text", "masked"), IN_ROWS.items())
def test_contacts_in_rows_are_masked_and_their_neighbours_are_not(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked
    assert mask_personal_data(masked) == masked


def test_a_long_run_of_letters_is_searched_for_addresses_once() -> None:
    """The time of a run twice as long is about twice, not four times."""

    def seconds(length: int) -> float:
        text = "电话：" + "a" * length
        start = time.process_time()
        mask_personal_data(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(80_000) < 20 * max(seconds(10_000), 0.0005)


@pytest.mark.parametrize(
    ("row", "is_masked"),
    [
        ("\t收入合计\t15012345678\t4001234567\n", False),
        ("\t王某某\t15012345678\n", True),
        ("\t经费支出联系电话\t15012345678\n", True),
    ],
)
def test_amounts_of_a_row_about_money_are_no_telephone_numbers(row: str, is_masked: bool) -> None:
    assert (mask_personal_data(row) != row) == is_masked
