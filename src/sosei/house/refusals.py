"""家の断り. Why a server does not start, a backup is not made or not taken in, a page cannot be given just now."""

from __future__ import annotations

from sosei.core.errors import SoseiError


class House(SoseiError):
    """What the house refuses."""

    code = "E699"
    ja = "いまの置き場所ではできません。「sosei doctor」で調べてください。"
    en = "The home does not allow this now. Examine it with “sosei doctor”."


class KeysLacking(House):
    """A book is here, but not its keys."""

    code = "E680"
    ja = (
        "「{place}」に鍵（{names}）がありません。保管している（または、ほかのサーバーの）鍵を置いてください。"
        "「sosei doctor」で調べられます。失ったときは「{ways}」です。"
    )
    en = (
        "“{place}” lacks keys ({names}). Put the kept keys (or those of the other server) there. "
        "“sosei doctor” examines it. Where they are lost: “{ways}”."
    )


class PortTaken(House):
    """Somebody listens there already, or nobody may."""

    code = "E682"
    ja = "{host} のポート{port}は使えません（{why}）。ほかの番号を --port で選んでください。"
    en = "Port {port} of {host} is not to be had ({why_en}). Choose another with --port."


class AlreadyServed(House):
    """Another process holds the SQLite file."""

    code = "E683"
    ja = (
        "台帳「{path}」は、動いている別のプロセス（番号{pid}、{what}、{since}から）が使っています。"
        "それを終わらせてから、もう一度行ってください。"
    )
    en = "The book “{path}” is in use by another process (no. {pid}, {what}, since {since}). Stop it, then try again."


class NewerDatabase(House):
    """The database was made by a later program."""

    code = "E684"
    ja = "この台帳は、より新しい版の sosei で使われています（{migrations}）。sosei を新しくしてから開いてください。"
    en = "This book was used with a later sosei ({migrations}). Update sosei before you open the book."


class NoSpace(House):
    """The disk is full. Nothing half written is left."""

    code = "E685"
    ja = "空き容量が足りないので「{name}」を書けません。書きかけは残していません。場所を空けるか、別の場所を選んでください。"
    en = "There is not enough space to write “{name}”; nothing half written is left. Make room or choose another place."


class CannotWrite(House):
    """The place does not take files."""

    code = "E686"
    ja = "「{name}」に書けません（{why}）。書ける場所を選んでください。"
    en = "“{name}” cannot be written ({why_en}). Choose a place that can be written."


class NoPgDump(House):
    """PostgreSQL's own program is missing or does not do it."""

    code = "E687"
    ja = (
        "PostgreSQL の控えを扱えません（{program}：{why}）。サーバーと同じ版の postgresql-client を入れるか、"
        "データベースの管理者に控えを頼んでください。"
    )
    en = (
        "PostgreSQL's backups cannot be handled ({program}: {why_en}). Install the postgresql-client of the server's "
        "version, or ask the database's administrator for the backup."
    )


class NoBackupBefore(House):
    """An update would change the database, and no backup of it can be made before."""

    code = "E678"
    ja = (
        "更新の前の控えを作れません（{program}：{why}）。postgresql-client を入れるか、"
        "データベースの管理者に控えを頼んでから「sosei serve --backed-up」で始めてください。"
    )
    en = (
        "No backup can be made before the update ({program}: {why_en}). Install postgresql-client, or have the "
        "database's administrator make one and begin with “sosei serve --backed-up”."
    )


class SealKeyHere(House):
    """A key is said to be lost that is here."""

    code = "E677"
    ja = "封印の鍵は失われていません（番号{number}が keys フォルダにあります）。--lost を付けずに行ってください。別の台帳の鍵のファイルなら、先に別の場所へ移してください。"
    en = "The seal key is not lost: no. {number} is in the folder keys. Leave out --lost. Where the file is another book's, move it elsewhere first."


class NotABackup(House):
    """A file that is no backup, or one that is damaged."""

    code = "E688"
    ja = "「{name}」は控えとして使えません：{why}。別の控えを使ってください。"
    en = "“{name}” cannot be used as a backup: {why_en}. Use another one."


class HomeInUse(House):
    """There is a book already where one is to be restored."""

    code = "E689"
    ja = (
        "「{place}」にはもう台帳があります。空の場所（PostgreSQL なら空のデータベース）を選ぶか、"
        "--replace を付けてください（今の台帳は名前を変えて残します）。"
    )
    en = (
        "There is a book in “{place}” already. Choose an empty place (with PostgreSQL: an empty database), or add "
        "--replace (the present book is kept under another name)."
    )


class KeysMissing(House):
    """The keys are no part of a backup and must be brought along."""

    code = "E690"
    ja = (
        "「{place}」に鍵がありません（控えには入りません）。元の keys フォルダを置いてから行ってください。"
        "失ったときだけ --lost-keys を付けます（以前の封印は確かめられなくなります）。"
    )
    en = (
        "There are no keys in “{place}”; a backup does not hold them. Put the original folder keys there and try again. "
        "Only where the keys are lost, add --lost-keys (the journal can then be read, but its seals no longer verified)."
    )


class OtherKeys(House):
    """The keys here are not those of the book that was backed up."""

    code = "E691"
    ja = (
        "「{place}」の鍵は、この控えの台帳の鍵ではありません（控え {backup}、ここ {here}）。"
        "元の keys フォルダと入れ替えてください。"
    )
    en = "The keys in “{place}” are not those of the backed-up book (backup {backup}, here {here}). Put the original folder keys there."


class DatabaseAway(House):
    """The database does not answer."""

    code = "E692"
    ja = (
        "データベースにつながりません。入力した内容は保存されていません。"
        "しばらく待ってから、もう一度お試しください。続くときはシステム管理者に知らせてください。"
    )
    en = (
        "The database does not answer; what you entered was not saved. "
        "Wait a moment and try again. If it goes on, tell the administrator."
    )


class DatabaseBusy(House):
    """Others have been writing for longer than anyone waits."""

    code = "E693"
    ja = "ほかの人の保存が続いていて、順番が来ませんでした。入力した内容は保存されていません。少し待ってから、もう一度お試しください。"
    en = "Others were saving for too long and your turn did not come; nothing was saved. Wait a moment and try again."


class DiskFull(House):
    """The disk of the database is full."""

    code = "E694"
    ja = "サーバーの空き容量がなく、保存できませんでした。前の内容はそのままです。システム管理者に知らせてください。"
    en = "The server's disk is full and nothing was saved; what was there before is untouched. Tell the administrator."


class NoAnchor(House):
    """A file given to verify against that says nothing of the journal."""

    code = "E695"
    ja = "「{name}」から証跡の先端を読み取れません（{why}）。公表版のJSONか控えを渡してください。"
    en = "“{name}” does not say where the journal ended ({why_en}). Give an edition's JSON or a backup."


class OtherEngine(House):
    """A backup of another kind of database."""

    code = "E696"
    ja = "この控えは {backup} のもので、いまの設定は {here} です。SOSEI_DATABASE の設定を控えに合わせてください。"
    en = "This backup is of {backup}, but the settings say {here}. Make SOSEI_DATABASE fit the backup."


class NoBook(House):
    """There is no book where one is looked for; nothing is made by looking."""

    code = "E697"
    ja = "「{place}」に台帳がありません。--home か SOSEI_HOME で場所を確かめてください。新しく始めるときは「sosei serve」です。"
    en = "There is no book in “{place}”. Check --home or SOSEI_HOME. A new one begins with “sosei serve”."


class NotReady(House):
    """The database is of an earlier program."""

    code = "E698"
    ja = "この台帳は、いまの版のプログラムに合わせる更新（{count}件）が済んでいません。「sosei serve」を一度始めてから、もう一度行ってください。"
    en = "This book still lacks {count} migrations for the present program. Start “sosei serve” once, then try again."
