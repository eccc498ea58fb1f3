"""Measures of GB/T 9704-2012 党政机关公文格式, each with its clause.

They were checked against published copies of the standard's text, not against the printed standard itself. What the
standard leaves open (sizes in tables, the width of the red line) is marked as our own choice.
"""

import math
from typing import Final

MM: Final = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297  # 5.1, A4
TOP_MM, LEFT_MM = 37, 28  # 5.2.1: 天头, 订口, each +-1 mm
TEXT_WIDTH_MM, TEXT_HEIGHT_MM = 156, 225  # 5.2.1: 版心
RIGHT_MM, BOTTOM_MM = PAGE_WIDTH_MM - LEFT_MM - TEXT_WIDTH_MM, PAGE_HEIGHT_MM - TOP_MM - TEXT_HEIGHT_MM

LINES, CHARACTERS = 22, 28  # 5.2.3: lines of a page, characters of a line

# Sizes of type in points: 三号, 二号, 四号 (5.2.2, 7.3.1, 7.4, 7.5); 五号 in tables is our own choice.
BODY_POINTS, TITLE_POINTS, SMALL_POINTS, TABLE_POINTS = 16, 22, 14, 10.5
LARGEST_AGENCY_POINTS: Final = 48
"""Our own choice; 7.2.4 asks for 醒目、美观、庄重 and gives no size."""

TEXT_WIDTH = round(TEXT_WIDTH_MM * MM)
LINE = int(TEXT_HEIGHT_MM * MM / LINES)
"""One line, in twentieths of a point, rounded down so that 22 fit."""
EM = BODY_POINTS * 20
CHARACTER_SPACE = math.floor(TEXT_WIDTH_MM * MM / CHARACTERS - EM)
"""What is added to each character of the body so that 28 fill a line, in twentieths of a point.

It stands at the characters and not in the grid of the page: LibreOffice gives a character that is wider than its cell
two.
"""

AGENCY_FROM_TOP_MM: Final = 35  # 7.2.4: 发文机关标志 to the upper edge of the text
RED_LINE_MM: Final = 4  # 7.2.7: below the number
PAGE_NUMBER_MM: Final = 7  # 7.5: the dashes below the lower edge of the text

# Lines in eighths of a point: 0.35 mm and 0.25 mm (7.4.1); the red line's own width is our choice.
THICK, THIN, RED_LINE = 8, 6, 12
RED: Final = "FF0000"

SONG, FANGSONG, KAI, HEI, PLAIN_SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN: Final = "Times New Roman"
SUBSTITUTES: Final = {
    SONG: "方正小标宋_GBK,小标宋,华文中宋,STZhongsong,宋体,SimSun",
    FANGSONG: "仿宋,FangSong,华文仿宋,STFangsong",
    KAI: "楷体,KaiTi,华文楷体,STKaiti",
    HEI: "SimHei,微软雅黑,Microsoft YaHei",
    PLAIN_SONG: "SimSun,NSimSun,华文宋体",
}
"""Fonts that Word is told to take where the first one is not installed."""
