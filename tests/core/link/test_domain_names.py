from guatu.core.link.domain_names import domain_names


def test_what_all_titles_share_and_what_every_title_has_is_left_out() -> None:
    titles = ["云岭市2025年城乡绿化实施方案", "云岭市2025年城乡供水建设方案", "云岭市2025年乡村道路行动计划（试行）"]
    assert domain_names(titles) == ["城乡绿化", "城乡供水", "乡村道路"]


def test_a_single_title_keeps_its_place_but_not_its_kind() -> None:
    assert domain_names(["青禾县河道整治三年行动方案"]) == ["青禾县河道整治"]


def test_a_title_of_which_nothing_would_be_left_stays_whole() -> None:
    assert domain_names(["实施方案"]) == ["实施方案"]
    assert domain_names(["青禾县实施方案", "青禾县工作清单"]) == ["实施方案", "工作清单"]


def test_no_titles_give_no_names() -> None:
    assert domain_names([]) == []
