"""縦長の公開データ. Open data in long form: a row a figure, its kind (基準値, 目標値, 実績値) and its year in columns of their own."""

import csv
import io

from layouts.goldwords import gold, kpi, project

HEAD = ("団体名", "事業番号", "事業名", "所管課", "指標名", "単位", "年度", "区分", "値", "備考")
PROJECTS = [
    (
        "101",
        "森の学校プロジェクト",
        "林政課",
        [
            ("木育講座の参加者数", "人", (2019, 210), (2022, 400), {2021: 188, 2022: 376}),
            ("市産材を使った施設数", "棟", (2019, 3), (2022, 8), {2021: 5, 2022: 8}),
        ],
    ),
    (
        "102",
        "空き家再生と移住のまちづくり",
        "住宅政策課",
        [
            ("空き家バンクの成約件数", "件", (2019, 9), (2022, 25), {2021: 16, 2022: 31}),
            ("移住相談から転入した世帯数", "世帯", (2019, 4), (2022, 20), {2021: 7, 2022: None}),
        ],
    ),
]
SHORT = {2019: "R1", 2021: "R3", 2022: "R4"}


def _gold_kpi(name, unit, base, target, actuals):
    series = {SHORT[base[0]]: {"baseline": base[1]}}
    for year, actual in actuals.items():
        series[SHORT[year]] = {} if actual is None else {"actual": actual}
    series["R4"] = {**series["R4"], "target": target[1]}
    more = {"baseline": base[1], "target": target[1], "series": series}
    if actuals[2022] is None:
        return kpi(name, unit, "R4", "pending", actual_raw="集計中", **more)
    return kpi(name, unit, "R4", actual=actuals[2022], **more)


GOLD = gold(
    "long_csv",
    "杉ノ沢町",
    None,
    "R4",
    [
        project(name, [_gold_kpi(*row) for row in rows], departments=[office], no=number)
        for number, name, office, rows in PROJECTS
    ],
)


def files():
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(HEAD)
    for number, project_name, office, rows in PROJECTS:
        for name, unit, base, target, actuals in rows:
            head = ("杉ノ沢町", number, project_name, office, name, unit)
            write.writerow((*head, base[0], "基準値", base[1], ""))
            write.writerow((*head, target[0], "目標値", target[1], ""))
            for year, actual in actuals.items():
                said = ("集計中", "9月に公表") if actual is None else (actual, "")
                write.writerow((*head, year, "実績値", *said))
    return {"input.csv": b"\xef\xbb\xbf" + out.getvalue().encode()}
