"""お断り. Why a file of a corpus is not in its tables, and why a corpus is not built at all."""

from __future__ import annotations

from sosei.core.errors import BadSetting, Refused, Unreadable


class Overtime(Unreadable):
    """Reading took longer than is given to one file."""

    code = "E260"
    ja = "「{name}」は{seconds}秒かけても読み終わらないので打ち切りました。必要な表だけを別のファイルに保存するか、--seconds を大きくしてください。"
    en = "“{name}” was not read within {seconds} seconds, so it was given up. Save the tables you need on their own, or raise --seconds."


class TooHungry(Unreadable):
    """Reading took more memory than is given to one file."""

    code = "E261"
    ja = "「{name}」を読むには{memory}MiBを超えるメモリーが要るので打ち切りました。必要な表だけを別のファイルに保存するか、--memory を大きくしてください。"
    en = "“{name}” needs more than {memory} MiB of memory, so it was given up. Save the tables you need on their own, or raise --memory."


class Fell(Unreadable):
    """The process that read it ended without an answer, three times."""

    code = "E262"
    ja = "「{name}」を読んでいたプロセスが、三度とも途中で落ちました。ファイルが壊れていないか確かめ、開いて保存し直してください。"
    en = (
        "The process that read “{name}” died three times. Check the file; open it and save it anew."
    )


class Faulted(Unreadable):
    """Our own defect met while reading."""

    code = "E263"
    ja = "「{name}」を、プログラムの誤りで読めませんでした（{fault}）。ファイルを添えて開発者に知らせてください。"
    en = "“{name}” could not be read because of a defect of ours ({fault}). Please report it with the file."


class Unopened(Unreadable):
    """A file that the system does not let us read."""

    code = "E264"
    ja = "「{name}」を開けません（{why}）。ファイルかどうか、読む権限があるかを確かめてください。"
    en = (
        "“{name}” cannot be opened ({why}). Check that it is a file, and the permission to read it."
    )


class NoFolder(Unreadable):
    """No folder to read, or none to write to."""

    code = "E265"
    ja = "「{name}」というフォルダを使えません（{why}）。名前と場所、権限を確かめてください。"
    en = "The folder “{name}” cannot be used ({why}). Check its name, place and permission."


class Unstorable(Unreadable):
    """A number that no column of the tables can hold."""

    code = "E266"
    ja = "「{column}」の値「{value}」は大きすぎて表に収まりません。元の文書の数字を確かめてください。"
    en = "“{value}” is too large for the column “{column}”. Check the figure in the document."


class NotInstalled(BadSetting):
    """An extra that is not there."""

    code = "E510"
    ja = "この機能には部品「{package}」が要ります。「pip install 'sosei[{extra}]'」で入れてください。"
    en = "This needs the package {package}. Install it: pip install 'sosei[{extra}]'."


class NoReader(BadSetting):
    """The processes that read do not start."""

    code = "E514"
    ja = "ファイルを読むプロセスを始められません。--memory（いま{memory}MiB）を大きくするか、--workers を小さくして、もう一度実行してください。"
    en = "The processes that read files do not start. Raise --memory (now {memory} MiB) or lower --workers, and run it again."


class NoEngine(BadSetting):
    """An engine that does not answer, or has nobody to work."""

    code = "E511"
    ja = "計算基盤「{address}」を使えません（{why}）。番地と、ワーカーが動いているかを確かめて、同じ命令をもう一度実行してください。読み終えた分は残っています。"
    en = "The engine “{address}” cannot be used ({why}). Check the address and its workers, then run the same command again; what was read is kept."


class OtherReader(BadSetting):
    """A worker of the engine whose Sosei is not this one."""

    code = "E512"
    ja = "計算基盤のワーカーのSoseiがこの機械のものと違います（こちら {here}、あちら {there}）。同じ版をすべてのワーカーに入れてください。"
    en = "The Sosei of the engine's workers is not this machine's (here {here}, there {there}). Install the same version on all of them."


class SameFolder(BadSetting):
    """The folder of the documents as the folder of the tables."""

    code = "E513"
    ja = "書き出す先「{name}」が、読むフォルダと同じです。別のフォルダを指定してください。"
    en = "“{name}” is the folder that is read. Name another folder to write to."


class InUse(Refused):
    """Another run is at work on the same OUT."""

    code = "E480"
    ja = "「{name}」では、いま別の「sosei corpus」が動いています。終わるのを待つか、別のフォルダに書き出してください。"
    en = "Another “sosei corpus” is at work on “{name}”. Wait until it ends, or write to another folder."
