"""Web pages in the manner of government sites: the document is found, the site around it is left out."""

import pytest

from guatu.adapters.readers import ReadError, read_bytes

HEAD = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>关于印发方案的通知_青禾县人民政府</title>{meta}
<style>p{{color:red}}</style><script>var a="脚本";</script></head><body>
<div class="header"><ul class="menu"><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li><li><a href="/b">互动交流</a>
</li><li><a href="/c">走进青禾</a></li></ul></div><div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/d">文件</a></div>"""
FOOT = """<div class="footer"><p>主办单位：青禾县人民政府办公室</p><p>网站标识码：0000000000</p></div></body></html>"""
BODY = """<div class="TRS_Editor"><p style="text-indent:2em">&nbsp;&nbsp;各镇人民政府，
县直各部门：</p><p>一、总体要求</p><p>到2022年底，完成造林<b>1.2</b>万亩，<span>成活率达到90%以上。</span></p>
<p>（责任单位：县林业局）<br>二、保障措施</p></div>"""
LINES = [
    "各镇人民政府，县直各部门：",
    "一、总体要求",
    "到2022年底，完成造林1.2万亩，成活率达到90%以上。",
    "（责任单位：县林业局）",
    "二、保障措施",
]


def page(body: str, charset: str = "utf-8", meta: str = "") -> bytes:
    encoding = "gb18030" if charset == "gb2312" else "utf-8"
    return (HEAD.format(charset=charset, meta=meta) + body + FOOT).encode(encoding)


def lines(data: bytes) -> list[str]:
    return read_bytes(data, "方案.html").text.split("\n")[:-1]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_text_is_found_and_the_site_is_left_out(charset: str) -> None:
    source = read_bytes(page(BODY, charset), "方案.htm")
    assert source.text.split("\n")[1:-1] == LINES
    assert source.encoding == {"utf-8": "utf-8", "gb2312": "gb18030"}[charset]


def test_a_charset_that_is_not_the_one_used_is_not_believed() -> None:
    data = page(BODY, "gb2312").replace(b"gb2312", b"utf-8")
    assert lines(data)[1:] == LINES


def test_the_title_is_taken_from_the_page_where_the_text_lacks_it() -> None:
    declared = '<meta name="ArticleTitle" content="青禾县2022年植树方案">'
    assert lines(page(BODY, meta=declared))[0] == "青禾县2022年植树方案"
    assert lines(page("<h1>青禾县 植树方案全文</h1>" + BODY))[0] == "青禾县植树方案全文"
    assert lines(page(BODY))[0] == "关于印发方案的通知"
    titled = BODY.replace("<p style", "<h3>青禾县2022年<br>植树方案</h3><p style", 1)
    assert lines(page(titled, meta=declared)) == ["青禾县2022年", "植树方案", *LINES]


def test_the_card_of_a_document_gives_its_number_and_goes() -> None:
    card = (
        "<table><tr><td>索引号</td><td>000-1</td><td>发文字号</td><td>青政办发〔2022〕 7号</td></tr>"
        "<tr><td>成文日期</td><td>2022-03-01</td><td>主题分类</td><td>农业</td></tr></table>"
    )
    assert lines(page(card + BODY))[1:] == ["青政办发〔2022〕7号", *LINES]
    assert lines(page(BODY.replace("<p style", card + "<p style", 1)))[1:] == ["青政办发〔2022〕7号", *LINES]


def test_what_the_site_adds_inside_the_text_goes() -> None:
    around = BODY.replace('Editor">', 'Editor"><p>来源：政府办 发布时间：2022-03-01 字号：大 中 小</p>', 1)
    around = around.replace(
        "</p></div>", "</p><p>【打印】 【关闭】</p><p>上一篇：无</p><div style='display: none'>隐藏</div></div>"
    )
    assert lines(page(around))[1:] == LINES


def test_layout_tables_are_looked_through() -> None:
    layout = f"<table><tr><td><a href='/x'>栏目</a></td><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>"
    assert lines(page(layout))[-5:] == LINES


def test_a_data_table_is_one_line_a_row_with_merged_cells_once() -> None:
    table = (
        "<table><tr><th rowspan=2>序号</th><th colspan=2>任务</th></tr><tr><td>内容</td><td>责任<br>单位</td></tr>"
        "<tr><td>1</td><td>造<br/>林</td><td><p>县林业局</p><p>县水利局</p></td></tr></table>"
    )
    assert lines(page(BODY.replace("<br>二、", f"</p>{table}<p>二、")))[-6:] == [
        "", "序号\t任务\t", "\t内容\t责任单位", "1\t造林\t县林业局 县水利局", "", "二、保障措施",
    ]  # fmt: skip


def test_ordered_lists_are_numbered_as_the_browser_shows_them() -> None:
    listed = (
        "<ol><li>调查；</li><li><p>栽植。</p></li></ol><ol start=3 style='list-style-type: cjk-ideographic'><li>管护</li></ol>"
        "<ol><li>1.已有编号</li></ol><ul><li>无编号</li></ul>"
    )
    assert lines(page(BODY.replace("</div>", listed + "</div>")))[-5:] == [
        "1.调查；", "2.栽植。", "三、管护", "1.已有编号", "无编号",
    ]  # fmt: skip


def test_a_list_of_links_beside_the_text_goes_and_a_link_within_it_stays() -> None:
    links = "<div><ul>" + "".join(f"<li><a href='/{n}'>相关新闻标题第{n}条</a></li>" for n in range(9)) + "</ul></div>"
    linked = BODY.replace("县林业局", "<a href='/lyj'>县林业局</a>")
    assert lines(page(f"<div>{linked}{links}</div>"))[1:] == LINES


def test_a_container_with_most_of_the_text_stays_whatever_it_is_called() -> None:
    assert lines(page(BODY.replace("TRS_Editor", "print-sidebar")))[1:] == LINES


def test_a_marked_text_is_found_beside_much_other_text() -> None:
    aside = "<div>" + "".join(f"<p>政策解读第{n}条，说明有关情况和工作安排。</p>" for n in range(4)) + "</div>"
    assert lines(page(BODY + aside))[1:] == LINES
    assert len(lines(page(BODY.replace("TRS_Editor", "x") + aside))) > len(LINES) + 1


def test_places_are_blocks_rows_and_cells() -> None:
    source = read_bytes(
        page(BODY + "<table><tr><td>序号</td><td>主要任务</td></tr><tr><td>甲</td><td>乙乙丙丙丁丁</td></tr></table>"),
        "a.html",
    )
    place = source.places.at(source.text.index("乙乙"))
    assert (place.paragraph, place.row, place.cell) == (6, 2, "B2")
    assert source.places.at(source.text.index("一、")).paragraph == 2


@pytest.mark.parametrize("markup", ["<div>" * 200_000 + "文字", "<ul><li>" * 50_000 + "文字"])
def test_markup_nested_without_end_is_refused(markup: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(markup.encode(), "a.html")
    assert caught.value.code == "read.broken"


def test_text_below_the_deepest_level_is_kept() -> None:
    assert lines(("<div>" * 2000 + "<p>一、甲</p>").encode()) == ["一、甲"]
    assert lines(("<p>" + "<font>" * 2000 + "一、甲").encode()) == ["一、甲"]


def test_cells_that_claim_to_span_the_world_are_cut() -> None:
    table = "<table><tr><td colspan=99999 rowspan=99999>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert "甲" in read_bytes(table.encode(), "a.html").text
