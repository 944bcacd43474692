"""文章の報告。Prose only: figures in kanji and digits mixed, ゼロ, マイナス, an increase that is stated beside both levels, a target that is a bound."""

from layouts.goldwords import gold, kpi, project

ROWS = [
    kpi("移住者数", "人", "R4", target=120, actual=138),
    kpi(
        "観光入込客数",
        "人",
        "R4",
        target=850000,
        actual=792000,
        target_raw="85万人",
        actual_raw="79万2千人",
    ),
    kpi("保育所の待機児童数", "人", "R4", target=0, actual=0, target_raw="ゼロ", actual_raw="ゼロ"),
    kpi("社会増減", "人", "R4", target=0, actual=-47, target_raw="ゼロ", actual_raw="マイナス47人"),
    kpi(
        "ふるさと納税の寄附額",
        "円",
        "R4",
        target=300000000,
        actual=412600000,
        target_raw="3億円",
        actual_raw="4億1,260万円",
    ),
    kpi(
        "ごみの総排出量",
        "トン",
        "R4",
        target=15000,
        actual=15320,
        target_op="<=",
        target_raw="1万5千トン",
        actual_raw="1万5,320トン",
    ),
]
GOLD = gold("news_prose", "春日ケ浦市", None, "R4", [project(None, ROWS)])


def files():
    said = """春日ケ浦市は令和５年８月、総合戦略の令和４年度の進み具合を有識者会議に報告した。

移住者数は、目標の１２０人に対して１３８人となり、目標を上回った。観光入込客数は、目標の８５万人に対して７９万２千人にとどまった。
保育所の待機児童数は、目標のゼロに対してゼロを達成した。社会増減は、目標のゼロに対してマイナス４７人だった。
ふるさと納税の寄附額は、目標の３億円に対して４億１，２６０万円となった。ごみの総排出量は、目標の１万５千トン以下に対して１万５，３２０トンだった。

会議では「観光は回復の途上にあり、宿泊の統計とあわせて見たい」などの意見が出た。次回は令和６年２月に開く。
"""
    return {"input.txt": said.encode()}
