from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("above_whole", 1, "warning"), CheckRow("above_whole", 10, "error")]


def test_more_than_the_whole_is_asked_about_and_ten_times_as_much_is_refused() -> None:
    severities = [
        [one.severity for one in check_figure(Figure("新建管网", "2026-04", value, "公里", whole=40), ROWS)]
        for value in (40, 41, 400, 401)
    ]
    assert severities == [[], ["warning"], ["warning"], ["error"]]


def test_it_says_how_many_times() -> None:
    (found,) = check_figure(Figure("新建管网", "2026-04", 1000, "公里", whole=40), ROWS)
    assert found.message() == "“新建管网”累计 1,000 公里,是全部目标 40 公里 的 25 倍,超过 10 倍;请核对数值和单位"
